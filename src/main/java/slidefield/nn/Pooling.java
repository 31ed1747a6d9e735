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

    /**
     * The largest value under each of so many windows that they cover an image of any size: window i of n reaches from
     * pixel floor(i size / n) to before ceil((i + 1) size / n) (PyTorch's {@code adaptive_max_pool2d}). Windows may overlap.
     *
     * @param x N x H x W x C
     * @param height windows downwards, at least 1
     * @param width windows across, at least 1
     * @return N x height x width x C
     * @throws IllegalArgumentException if x is no image or there are no windows
     */
    public static Tensor adaptiveMax(Tensor x, int height, int width) {
        long[] in = x.shape();
        Shapes.require(in.length == 4, "an image of N x H x W x C", in);
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("at least 1 x 1 windows are expected, found " + height + " x " + width);
        }
        int side = divisible(Math.max(largestWindow(in[1], height), largestWindow(in[2], width)));
        boolean regular = in[1] == (long) height * side && in[2] == (long) width * side;
        Tensor windows = regular ? x : sideBySide(x, height, width, side);
        for (int rest = side; rest > 1; ) {
            int kernel = largestDivisor(rest);
            windows = max(windows, kernel, kernel, 0);
            rest /= kernel;
        }
        return windows;
    }

    /** Pixels of the largest of so many windows. */
    private static int largestWindow(long size, int count) {
        long largest = 0;
        for (long i = 0; i < count; i++) {
            largest = Math.max(largest, end(i, size, count) - i * size / count);
        }
        return Math.toIntExact(largest);
    }

    private static long end(long window, long size, int count) {
        return ((window + 1) * size + count - 1) / count;
    }

    /** The first number from this one on that is a product of kernels. */
    private static int divisible(int side) {
        for (int k = side; ; k++) {
            int rest = k;
            while (rest > 1 && largestDivisor(rest) > 1) {
                rest /= largestDivisor(rest);
            }
            if (rest == 1) {
                return k;
            }
        }
    }

    private static int largestDivisor(int number) {
        int kernel = ImageKernels.LARGEST_POOLING_KERNEL;
        while (number % kernel != 0) {
            kernel--;
        }
        return kernel;
    }

    /** All windows as squares of that side, one beside the other; a smaller one repeats its last line and column. */
    private static Tensor sideBySide(Tensor x, int height, int width, int side) {
        long[] in = x.shape();
        int[] lines = pixels(in[1], height, side);
        int[] columns = pixels(in[2], width, side);
        int images = Math.toIntExact(in[0]);
        int[] rows = new int[Math.multiplyExact(images, Math.multiplyExact(lines.length, columns.length))];
        int next = 0;
        for (int image = 0; image < images; image++) {
            for (int line : lines) {
                for (int column : columns) {
                    rows[next++] = Math.toIntExact((image * in[1] + line) * in[2] + column);
                }
            }
        }
        Tensor matrix = Shapes.reshape(x, in[0] * in[1] * in[2], in[3]);
        return Shapes.reshape(Shapes.gatherRows(matrix, rows), in[0], lines.length, columns.length, in[3]);
    }

    /** The pixels of an axis, window by window. */
    private static int[] pixels(long size, int count, int side) {
        int[] pixels = new int[Math.multiplyExact(count, side)];
        for (int k = 0; k < pixels.length; k++) {
            long window = k / side;
            long last = end(window, size, count) - 1;
            pixels[k] = (int) Math.min(last, window * size / count + k % side);
        }
        return pixels;
    }

    private static long[] outputShape(Tensor x, Convolution window) {
        long[] in = x.shape();
        Shapes.require(in.length == 4, "an image of N x H x W x C", in);
        return new long[] {in[0], window.outputHeight(in[1]), window.outputWidth(in[2]), in[3]};
    }
}
