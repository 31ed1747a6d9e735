package slidefield.swipe;

import org.nd4j.linalg.api.buffer.DataType;
import slidefield.patch.UNetOptions;

/**
 * The U-Net of SwIPE's Table 1: convolutions without bias, batch normalisation, transposed 2 x 2 convolutions on the way up.
 * It answers one class.
 *
 * @param base channels of the finest level, 1 to 1024; each level below has twice as many as the one above
 * @param levels 2 to 8; a pooling by 2 lies between each two
 */
public record PixelUNetOptions(int base, int levels) implements RivalOptions {
    /** @throws slidefield.io.InputException naming what does not fit */
    public PixelUNetOptions {
        new UNetOptions(base, levels, false, false);
    }

    /**
     * The size that comes nearest to the paper's 7.9 million parameters and 83.3 billion multiply-adds, as its text gives
     * neither layers nor widths: 64, 128, 256 and 512 channels.
     *
     * @return 7.7 million parameters (7,700,161)
     */
    public static PixelUNetOptions paper() {
        return new PixelUNetOptions(64, 4);
    }

    /** The same network as one of patches. */
    UNetOptions network() {
        return new UNetOptions(base, levels, false, false);
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public boolean severalClasses() {
        return false;
    }

    @Override
    public int sizeMultiple() {
        return 1 << (levels - 1);
    }

    @Override
    public PixelUNet build(DataType type, long seed) {
        return new PixelUNet(this, type, seed);
    }
}
