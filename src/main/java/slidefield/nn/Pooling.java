package slidefield.nn;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Convolution;
import slidefield.nn.kernels.ImageKernels;

/** Largest and mean values under moving windows. */
public final class Pooling {
    private Pooling() {}

    /**
     * The largest value under each window. The gradient goes to it, or to the first of several in row-major order.
     *
     * @param x N x H x W x C
     * @param kernel window's side in pixels, 1 to {@link ImageKernels#LARGEST_POOLING_KERNEL}
     * @param stride pixels from one window to the next
     * @param padding pixels added on each side, smaller than everything; at most half a kernel
     * @return N x H' x W' x C, sizes (size + 2 padding - kernel) / stride + 1, rounded down
     * @throws IllegalArgumentException if the shape or the window does not fit
     */
    public static Tensor max(Tensor x, int kernel, int stride, int padding) {
        Convolution window = new Convolution(kernel, stride, 1, padding);
        if (kernel > ImageKernels.LARGEST_POOLING_KERNEL || padding > kernel / 2) {
            throw new IllegalArgumentException("a pooling kernel of at most " + ImageKernels.LARGEST_POOLING_KERNEL
                    + " and a padding of at most half of it are expected, found " + kernel + " and " + padding);
        }
        long[] out = outputShape(x, window);
        long[] in = x.shape();
        Tape tape = x.tape();
        ImageKernels kernels = tape.kernels().images();
        INDArray y = tape.allocate(x.type(), out);
        INDArray winners = x.needsGradient() ? tape.allocate(DataType.INT8, out) : null;
        kernels.maxPooling(window, x.value(), y, winners);
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), in);
            kernels.maxPoolingGradient(window, winners, g, gx);
            tape.recycle(g);
            tape.recycle(winners);
            x.accumulate(gx);
        });
    }

    /**
     * The mean under each window.
     *
     * @param x N x H x W x C
     * @param kernel window's side in pixels
     * @param stride pixels from one window to the next
     * @return N x H' x W' x C, sizes (size - kernel) / stride + 1, rounded down
     * @throws IllegalArgumentException if the shape or the window does not fit
     */
    public static Tensor average(Tensor x, int kernel, int stride) {
        return average(x, new Convolution(kernel, stride, 1, 0));
    }

    /**
     * The mean under each window. The padding is 0 and counts, as in PyTorch's default.
     *
     * @param x N x H x W x C
     * @param window kernel, stride and padding (at most half a kernel); dilation 1
     * @return N x H' x W' x C
     * @throws IllegalArgumentException if the shape or the window does not fit
     */
    public static Tensor average(Tensor x, Convolution window) {
        if (window.dilation() != 1
                || window.verticalPadding() > window.height() / 2
                || window.horizontalPadding() > window.width() / 2) {
            throw new IllegalArgumentException(
                    "a pooling window without dilation, padded by at most half of it, is expected, found " + window);
        }
        long[] out = outputShape(x, window);
        long[] in = x.shape();
        Tape tape = x.tape();
        ImageKernels kernels = tape.kernels().images();
        INDArray y = tape.allocate(x.type(), out);
        kernels.averagePooling(window, x.value(), y);
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), in);
            kernels.averagePoolingGradient(window, g, gx);
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    /**
     * The mean of every channel over a whole image.
     *
     * @param x N x H x W x C
     * @return N x C
     * @throws IllegalArgumentException if x is no image
     */
    public static Tensor global(Tensor x) {
        long[] in = x.shape();
        Shapes.require(in.length == 4, "an image of N x H x W x C", in);
        Convolution whole = new Convolution(Math.toIntExact(in[1]), Math.toIntExact(in[2]), 1, 1, 0, 0);
        return Shapes.reshape(average(x, whole), in[0], in[3]);
    }

    private static long[] outputShape(Tensor x, Convolution window) {
        long[] in = x.shape();
        Shapes.require(in.length == 4, "an image of N x H x W x C", in);
        return new long[] {in[0], window.outputHeight(in[1]), window.outputWidth(in[2]), in[3]};
    }
}
