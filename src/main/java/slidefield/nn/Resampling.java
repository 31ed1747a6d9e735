package slidefield.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.ImageKernels;
import slidefield.nn.kernels.Kernels;
import slidefield.nn.kernels.WeightedRows;

/** Images at another size, or at points. */
public final class Resampling {
    private Resampling() {}

    /**
     * Bilinear interpolation as PyTorch's {@code interpolate} does it, up or down; making an image smaller takes two
     * neighbours per axis into account whatever the factor. The gradient is the exact transpose.
     *
     * @param x N x H x W x C
     * @param height lines of the result, at least 1
     * @param width columns of the result, at least 1
     * @param alignCorners true keeps the centres of the corner pixels in place, false the corners of the image
     * @return N x height x width x C; x itself if it has that size
     * @throws IllegalArgumentException if x is no image or the size is not positive
     */
    public static Tensor bilinear(Tensor x, long height, long width, boolean alignCorners) {
        long[] in = x.shape();
        Shapes.require(in.length == 4, "an image of N x H x W x C", in);
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("a size of at least 1 x 1 is expected, found " + height + " x " + width);
        }
        if (in[1] == height && in[2] == width) {
            return x;
        }
        Tape tape = x.tape();
        ImageKernels kernels = tape.kernels().images();
        INDArray y = tape.allocate(x.type(), in[0], height, width, in[3]);
        kernels.resize(alignCorners, x.value(), y);
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), in);
            kernels.resizeGradient(alignCorners, g, gx);
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    /**
     * An image's values at points, bilinear between the four pixels around each; what lies outside the image is 0
     * (PyTorch's {@code grid_sample} with zeros for padding). The points are given: no gradient goes to them.
     *
     * @param x N x H x W x C
     * @param rows of the points as fractional pixel indices, whole numbers being centres; as many for every image, image
     *     after image
     * @param columns of the points, as many
     * @return points x C
     * @throws IllegalArgumentException if x is no image, or there are not as many points for each image, or one is no
     *     finite number
     */
    public static Tensor at(Tensor x, float[] rows, float[] columns) {
        long[] in = x.shape();
        Shapes.require(in.length == 4, "an image of N x H x W x C", in);
        WeightedRows how = WeightedRows.bilinear(Math.toIntExact(in[0]), (int) in[1], (int) in[2], rows, columns);
        long pixels = in[0] * in[1] * in[2];
        Tape tape = x.tape();
        ImageKernels kernels = tape.kernels().images();
        INDArray y = tape.allocate(x.type(), how.results(), in[3]);
        kernels.weightedRows(x.value().reshape('c', pixels, in[3]), how, y);
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), in);
            kernels.weightedRowsGradient(how, g, gx.reshape('c', pixels, in[3]));
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    /**
     * Every pixel as a square of itself (nearest-neighbour interpolation by a whole factor).
     *
     * @param x N x H x W x C
     * @param factor side of the square in pixels, at least 1
     * @return N x (factor H) x (factor W) x C
     * @throws IllegalArgumentException if x is no image or the factor is not positive
     */
    public static Tensor nearest(Tensor x, int factor) {
        long[] in = x.shape();
        Shapes.require(in.length == 4, "an image of N x H x W x C", in);
        if (factor < 1) {
            throw new IllegalArgumentException("a factor of at least 1 is expected, found " + factor);
        }
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(x.type(), in[0], in[1] * factor, in[2] * factor, in[3]);
        // every pixel's square is a box of axes of its own: which line and column of it
        long[] one = {in[0] * in[1], 1, in[2], 1, in[3]};
        long[] all = {in[0] * in[1], factor, in[2], factor, in[3]};
        for (int k = 0; k < factor * factor; k++) {
            kernels.writeBox(x.value().reshape('c', one), place(k, factor), y.reshape('c', all));
        }
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), in);
            INDArray part = tape.allocate(x.type(), one);
            kernels.fill(gx, 0);
            for (int k = 0; k < factor * factor; k++) {
                kernels.readBox(g.reshape('c', all), place(k, factor), part);
                kernels.combine(1, gx, 1, part.reshape('c', in), gx);
            }
            tape.recycle(part);
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    /** Where in the boxes the k-th pixel of every square lies. */
    private static long[] place(int k, int factor) {
        return new long[] {0, k / factor, 0, k % factor, 0};
    }
}
