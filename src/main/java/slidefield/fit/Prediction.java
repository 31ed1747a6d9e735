package slidefield.fit;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import slidefield.io.InputException;
import slidefield.slide.PixelSource;

/**
 * What a method says of a plane, in 8 bits a value: lesion probability times 255, and the colours that a field
 * paints where they were asked for.
 *
 * <p>Not thread-safe while it is filled; reading it afterwards is.
 */
public final class Prediction {
    private final int width;
    private final int height;
    private final byte[] lesion;
    private final byte[] colours;
    private double psnr = Double.NaN;

    /**
     * Background everywhere.
     *
     * @param width pixels
     * @param height pixels
     * @param withColours whether colours will be put too
     * @throws InputException if it does not fit into memory
     */
    public Prediction(int width, int height, boolean withColours) {
        requireRoom(width, height, withColours);
        long pixels = (long) width * height;
        this.width = width;
        this.height = height;
        this.lesion = new byte[(int) pixels];
        this.colours = withColours ? new byte[(int) pixels * 3] : null;
    }

    /**
     * Refuses a size that no array or not the whole heap can hold: before hours go into fitting it.
     *
     * @param width pixels
     * @param height pixels
     * @param withColours whether colours will be put too
     * @throws InputException with what it takes and what to do
     */
    public static void requireRoom(int width, int height, boolean withColours) {
        String what = "a prediction of " + width + " x " + height + " pixels";
        long pixels = (long) width * height;
        if (pixels > (Integer.MAX_VALUE - 16) / 3) {
            throw new InputException(what + " does not fit into one array; predict at a coarser resolution");
        }
        // The mask that is made of the probabilities in the end is one byte more.
        HeapRoom.require(what, pixels * (withColours ? 5 : 2));
    }

    /**
     * Fills a part.
     *
     * @param part inside the plane
     * @param lesions probabilities, 0 to 1, row by row
     * @param paint red, green, blue of every pixel, 0 to 1, row by row; null where colours are not asked for
     */
    public void put(Part part, float[] lesions, float[] paint) {
        for (int j = 0; j < part.height(); j++) {
            int row = (part.y() + j) * width + part.x();
            for (int i = 0; i < part.width(); i++) {
                lesion[row + i] = eightBit(lesions[j * part.width() + i]);
            }
            if (colours != null) {
                for (int i = 0; i < 3 * part.width(); i++) {
                    colours[3 * row + i] = eightBit(paint[j * 3 * part.width() + i]);
                }
            }
        }
    }

    /**
     * Says how well the slide was painted.
     *
     * @param value in dB, NaN if it was not
     */
    public void psnr(double value) {
        psnr = value;
    }

    private static byte eightBit(float share) {
        return (byte) Math.round(255 * share);
    }

    /** Pixels. */
    public int width() {
        return width;
    }

    /** Pixels. */
    public int height() {
        return height;
    }

    /** Peak signal-to-noise ratio of the painted colours against the plane's, in dB; NaN if not painted. */
    public double psnr() {
        return psnr;
    }

    /** Lesion probability of a pixel, 0 to 1 in steps of 1/255. */
    public float probability(int x, int y) {
        return (lesion[y * width + x] & 255) / 255f;
    }

    /** The mask at threshold 0.5: 1 where lesion, row by row. */
    public byte[] mask() {
        byte[] mask = new byte[lesion.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) ((lesion[i] & 255) >= 128 ? 1 : 0);
        }
        return mask;
    }

    /** The lesion probabilities, 0 to 1, row by row. */
    public float[] probabilities() {
        float[] values = new float[lesion.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (lesion[i] & 255) / 255f;
        }
        return values;
    }

    /** The probabilities times 255 as grey pixels, for a slide file. */
    public PixelSource probabilityPixels() {
        return pixels(lesion);
    }

    /** The mask as grey pixels, 255 where lesion, for a slide file. */
    public PixelSource maskPixels() {
        byte[] mask = mask();
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (255 * mask[i]);
        }
        return pixels(mask);
    }

    private PixelSource pixels(byte[] values) {
        return new PixelSource() {
            @Override
            public int width() {
                return width;
            }

            @Override
            public int height() {
                return height;
            }

            @Override
            public BufferedImage read(int x, int y, int w, int h) {
                BufferedImage part = new BufferedImage(w, h, BufferedImage.TYPE_BYTE_GRAY);
                byte[] into = ((DataBufferByte) part.getRaster().getDataBuffer()).getData();
                for (int j = 0; j < h; j++) {
                    System.arraycopy(values, (y + j) * width + x, into, j * w, w);
                }
                return part;
            }
        };
    }

    /**
     * The painted colours.
     *
     * @throws IllegalStateException if they were not asked for
     */
    public BufferedImage reconstruction() {
        if (colours == null) {
            throw new IllegalStateException("this prediction was made without colours");
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                image.setRGB(x, y, (colours[at] & 255) << 16 | (colours[at + 1] & 255) << 8 | colours[at + 2] & 255);
            }
        }
        return image;
    }
}
