package slidefield.nn;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Convolution;
import slidefield.nn.kernels.ImageKernels;

/**
 * Largest and mean values under moving windows of volumes. Both are what is found within slices first and then across
 * them, so the kernels of images do it.
 */
public final class VolumePooling {
    private VolumePooling() {}

    /**
     * The largest value under each window. The gradient goes to it, or to the first of several in row-major order.
     *
     * @param x N x D x H x W x C
     * @param kernel window's side in voxels, 1 to {@link ImageKernels#LARGEST_POOLING_KERNEL}
     * @param stride voxels from one window to the next
     * @param padding voxels added on each side, smaller than everything; at most half a kernel
     * @return N x D' x H' x W' x C, sizes (size + 2 padding - kernel) / stride + 1, rounded down
     * @throws IllegalArgumentException if the shape or the window does not fit
     */
    public static Tensor max(Tensor x, int kernel, int stride, int padding) {
        if (kernel > ImageKernels.LARGEST_POOLING_KERNEL) {
            throw new IllegalArgumentException("a pooling kernel of at most " + ImageKernels.LARGEST_POOLING_KERNEL
                    + " is expected, found " + kernel);
        }
        return pooled(x, kernel, stride, padding, true);
    }

    /**
     * The mean under each window. The padding is 0 and counts, as in PyTorch's default.
     *
     * @param x N x D x H x W x C
     * @param kernel window's side in voxels
     * @param stride voxels from one window to the next
     * @param padding voxels of 0 added on each side, at most half a kernel
     * @return N x D' x H' x W' x C, sizes (size + 2 padding - kernel) / stride + 1, rounded down
     * @throws IllegalArgumentException if the shape or the window does not fit
     */
    public static Tensor average(Tensor x, int kernel, int stride, int padding) {
        return pooled(x, kernel, stride, padding, false);
    }

    /**
     * The mean of every channel over a whole volume.
     *
     * @param x N x D x H x W x C
     * @return N x C
     * @throws IllegalArgumentException if x is no volume
     */
    public static Tensor global(Tensor x) {
        long[] in = x.shape();
        Shapes.requireVolume(in);
        return Pooling.global(Shapes.reshape(x, in[0], in[1] * in[2], in[3], in[4]));
    }

    private static Tensor pooled(Tensor x, int kernel, int stride, int padding, boolean max) {
        long[] in = x.shape();
        Shapes.requireVolume(in);
        if (padding > kernel / 2) {
            throw new IllegalArgumentException(
                    "a padding of at most half the kernel is expected, found " + padding + " of " + kernel);
        }
        Convolution plane = new Convolution(kernel, stride, 1, padding);
        long height = plane.outputHeight(in[2]);
        long width = plane.outputWidth(in[3]);
        Tensor slices = step(
                x,
                plane,
                max,
                new long[] {in[0] * in[1], in[2], in[3], in[4]},
                new long[] {in[0] * in[1], height, width, in[4]},
                new long[] {in[0], in[1], height, width, in[4]});
        Convolution across = new Convolution(kernel, 1, stride, 1, padding, 0);
        long depth = across.outputHeight(in[1]);
        long slice = height * width * in[4];
        return step(
                slices,
                across,
                max,
                new long[] {in[0], in[1], 1, slice},
                new long[] {in[0], depth, 1, slice},
                new long[] {in[0], depth, height, width, in[4]});
    }

    /**
     * A pooling of images.
     *
     * @param seen the shape of x as images
     * @param given the shape of the result as images
     * @param shape of the result
     */
    private static Tensor step(Tensor x, Convolution window, boolean max, long[] seen, long[] given, long[] shape) {
        Tape tape = x.tape();
        ImageKernels kernels = tape.kernels().images();
        INDArray y = tape.allocate(x.type(), shape);
        INDArray winners = max && x.needsGradient() ? tape.allocate(DataType.INT8, given) : null;
        if (max) {
            kernels.maxPooling(window, x.value().reshape('c', seen), y.reshape('c', given), winners);
        } else {
            kernels.averagePooling(window, x.value().reshape('c', seen), y.reshape('c', given));
        }
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), x.shape());
            if (max) {
                kernels.maxPoolingGradient(window, winners, g.reshape('c', given), gx.reshape('c', seen));
                tape.recycle(winners);
            } else {
                kernels.averagePoolingGradient(window, g.reshape('c', given), gx.reshape('c', seen));
            }
            tape.recycle(g);
            x.accumulate(gx);
        });
    }
}
