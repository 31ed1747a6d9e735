package slidefield.notebook;

import java.awt.image.BufferedImage;
import slidefield.nic.SyntheticImage;
import slidefield.nic.SyntheticMask;

/** Synthetic images of digits and their masks as pictures, a pixel each. */
public final class SyntheticPictures {
    private SyntheticPictures() {}

    /** White digits on black. */
    public static BufferedImage image(SyntheticImage image) {
        return grey(image.pixels(), image.size());
    }

    /** The tilted rectangle grey, the straight one white, on black. */
    public static BufferedImage mask(SyntheticMask mask) {
        return grey(mask.pixels(), mask.size());
    }

    private static BufferedImage grey(byte[] pixels, int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, size, size, pixels);
        return image;
    }
}
