package slidefield.swipe;

/**
 * An image with its classes, as they are held in memory: five bytes a pixel.
 *
 * @param name of the image, for tables and messages
 * @param width pixels, at least 2
 * @param height pixels, at least 2
 * @param rgb {@code height x width} colours, row-major, {@code 0xRRGGBB}
 * @param classes as many class numbers; 0 is background
 */
public record LabelledImage(String name, int width, int height, int[] rgb, byte[] classes) {
    /** @throws IllegalArgumentException if there are not as many colours and classes as pixels */
    public LabelledImage {
        if (width < 2 || height < 2) {
            throw new IllegalArgumentException("expected at least 2 x 2 pixels, found " + width + " x " + height);
        }
        int pixels = Math.multiplyExact(width, height);
        if (rgb.length != pixels || classes.length != pixels) {
            throw new IllegalArgumentException("expected " + width + " x " + height + " pixels, found " + rgb.length
                    + " colours and " + classes.length + " classes");
        }
    }

    /**
     * An image whose classes are not known, to be asked about: all background.
     *
     * @param rgb {@code height x width} colours, row-major, {@code 0xRRGGBB}
     */
    public static LabelledImage unlabelled(String name, int width, int height, int[] rgb) {
        return new LabelledImage(name, width, height, rgb, new byte[rgb.length]);
    }

    /** The name without folders, for pictures. */
    public String shortName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /**
     * The same image in another number of pixels, stretched where its shape is another.
     *
     * @param columns wanted, at least 2
     * @param rows wanted, at least 2
     * @return this image if it has that size
     */
    public LabelledImage scaled(int columns, int rows) {
        return ImageScaling.scaled(this, columns, rows);
    }

    /**
     * Writes the colours as the network takes them: 0 becomes -1, 255 becomes 1 (SwIPE, supplement, Table 1).
     *
     * @param out receives {@code height x width x 3} values, red first
     * @param offset where the first one goes
     */
    public void writeColours(float[] out, int offset) {
        int at = offset;
        for (int pixel : rgb) {
            out[at++] = (pixel >> 16 & 0xFF) / 127.5f - 1;
            out[at++] = (pixel >> 8 & 0xFF) / 127.5f - 1;
            out[at++] = (pixel & 0xFF) / 127.5f - 1;
        }
    }

    /** The pixels of one class as a mask of 0 and 1. */
    public byte[] mask(int ofClass) {
        byte[] mask = new byte[classes.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (classes[i] == ofClass ? 1 : 0);
        }
        return mask;
    }
}
