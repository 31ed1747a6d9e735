package slidefield.notebook;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Values on a regular grid that covers a whole image, whatever the image's own size: a probability (0 to 1) or
 * a mask (0 or 1).
 *
 * @param height rows
 * @param width columns
 * @param values row-major, height x width
 */
public record Grid(int height, int width, float[] values) {
    /** Checks the sizes. */
    public Grid {
        if (height < 1 || width < 1 || (long) height * width != values.length) {
            throw new IllegalArgumentException(
                    "expected " + height + " x " + width + " values, found " + values.length);
        }
    }

    /**
     * @param values H x W, or with leading and trailing axes of size 1, such as 1 x H x W x 1
     * @return a copy
     */
    public static Grid of(INDArray values) {
        long[] axes =
                java.util.Arrays.stream(values.shape()).filter(size -> size > 1).toArray();
        long[] shape = values.rank() == 2 ? values.shape() : axes;
        if (shape.length != 2) {
            throw new IllegalArgumentException(
                    "expected H x W values, found shape " + java.util.Arrays.toString(values.shape()));
        }
        float[] copy = values.dup('c').reshape('c', shape).dup('c').data().asFloat();
        return new Grid((int) shape[0], (int) shape[1], copy);
    }

    /**
     * @param values rows of one length, H x W
     * @return a copy
     */
    public static Grid of(float[][] values) {
        int width = values.length == 0 ? 0 : values[0].length;
        float[] copy = new float[values.length * width];
        for (int row = 0; row < values.length; row++) {
            System.arraycopy(values[row], 0, copy, row * width, width);
        }
        return new Grid(values.length, width, copy);
    }

    /**
     * @param mask an image whose first band is 0 outside and not 0 inside (1 or 255)
     * @return 0 and 1
     */
    public static Grid ofMask(BufferedImage mask) {
        Raster raster = mask.getRaster();
        float[] copy = new float[mask.getWidth() * mask.getHeight()];
        for (int y = 0; y < mask.getHeight(); y++) {
            for (int x = 0; x < mask.getWidth(); x++) {
                copy[y * mask.getWidth() + x] = raster.getSample(x, y, 0) > 0 ? 1 : 0;
            }
        }
        return new Grid(mask.getHeight(), mask.getWidth(), copy);
    }

    /**
     * The value at a point, bilinear between cell centres, constant beyond the outermost.
     *
     * @param x from 0 (left edge) to 1 (right edge)
     * @param y from 0 (top edge) to 1 (bottom edge)
     */
    float at(double x, double y) {
        double column = Math.max(0, Math.min(width - 1, x * width - 0.5));
        double row = Math.max(0, Math.min(height - 1, y * height - 0.5));
        int left = Math.min((int) column, Math.max(0, width - 2));
        int top = Math.min((int) row, Math.max(0, height - 2));
        int right = Math.min(left + 1, width - 1);
        int bottom = Math.min(top + 1, height - 1);
        double u = column - left;
        double v = row - top;
        double upper = values[top * width + left] * (1 - u) + values[top * width + right] * u;
        double lower = values[bottom * width + left] * (1 - u) + values[bottom * width + right] * u;
        return (float) (upper * (1 - v) + lower * v);
    }
}
