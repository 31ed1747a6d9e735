package slidefield.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.ImageKernels;
import slidefield.nn.kernels.Kernels;

/** Volumes at another size. */
public final class VolumeResampling {
    private VolumeResampling() {}

    /**
     * Trilinear interpolation as PyTorch's {@code interpolate} does it without aligned corners: bilinear within slices,
     * then linear across them. The gradient is the exact transpose.
     *
     * @param x N x D x H x W x C
     * @param depth slices of the result, at least 1
     * @param height lines of the result, at least 1
     * @param width columns of the result, at least 1
     * @return N x depth x height x width x C; x itself if it has that size
     * @throws IllegalArgumentException if x is no volume or the size is not positive
     */
    public static Tensor trilinear(Tensor x, long depth, long height, long width) {
        long[] in = x.shape();
        Shapes.requireVolume(in);
        if (depth < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a size of at least 1 x 1 x 1 is expected, found " + depth + " x " + height + " x " + width);
        }
        Tensor slices = in[2] == height && in[3] == width
                ? x
                : step(
                        x,
                        new long[] {in[0] * in[1], in[2], in[3], in[4]},
                        new long[] {in[0] * in[1], height, width, in[4]},
                        new long[] {in[0], in[1], height, width, in[4]});
        long slice = height * width * in[4];
        return in[1] == depth
                ? slices
                : step(slices, new long[] {in[0], in[1], 1, slice}, new long[] {in[0], depth, 1, slice}, new long[] {
                    in[0], depth, height, width, in[4]
                });
    }

    /**
     * A resizing of images.
     *
     * @param seen the shape of x as images
     * @param given the shape of the result as images
     * @param shape of the result
     */
    private static Tensor step(Tensor x, long[] seen, long[] given, long[] shape) {
        Tape tape = x.tape();
        ImageKernels kernels = tape.kernels().images();
        INDArray y = tape.allocate(x.type(), shape);
        kernels.resize(false, x.value().reshape('c', seen), y.reshape('c', given));
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), x.shape());
            kernels.resizeGradient(false, g.reshape('c', given), gx.reshape('c', seen));
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    /**
     * Every voxel as a cube of itself (nearest-neighbour interpolation by a whole factor).
     *
     * @param x N x D x H x W x C
     * @param factor side of the cube in voxels, at least 1
     * @return N x (factor D) x (factor H) x (factor W) x C
     * @throws IllegalArgumentException if x is no volume or the factor is not positive
     */
    public static Tensor nearest(Tensor x, int factor) {
        long[] in = x.shape();
        Shapes.requireVolume(in);
        if (factor < 1) {
            throw new IllegalArgumentException("a factor of at least 1 is expected, found " + factor);
        }
        Tape tape = x.tape();
        INDArray y = tape.allocate(x.type(), in[0], in[1] * factor, in[2] * factor, in[3] * factor, in[4]);
        // every voxel's cube is a box of axes of its own: which slice, line and column of it
        long[] one = {in[0] * in[1], 1, in[2], 1, in[3], 1, in[4]};
        long[] all = {in[0] * in[1], factor, in[2], factor, in[3], factor, in[4]};
        Kernels kernels = tape.kernels();
        forEachPlace(factor, place -> kernels.writeBox(x.value().reshape('c', one), place, y.reshape('c', all)));
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), in);
            INDArray part = tape.allocate(x.type(), one);
            kernels.fill(gx, 0);
            forEachPlace(factor, place -> {
                kernels.readBox(g.reshape('c', all), place, part);
                kernels.combine(1, gx, 1, part.reshape('c', in), gx);
            });
            tape.recycle(part);
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    private interface Place {
        void at(long[] start);
    }

    private static void forEachPlace(int factor, Place work) {
        for (int k = 0; k < factor * factor * factor; k++) {
            work.at(new long[] {0, k / factor / factor, 0, k / factor % factor, 0, k % factor, 0});
        }
    }
}
