package slidefield.nn.kernels;

/**
 * The geometry of a two-dimensional convolution (cross-correlation, as networks use the word), the same on both
 * axes. Output size of an axis: {@code (size + 2 padding - dilation (kernel - 1) - 1) / stride + 1}, rounded down.
 *
 * @param kernel taps per axis, at least 1
 * @param stride input pixels from one output to the next, at least 1
 * @param dilation input pixels from one tap to the next, at least 1
 * @param padding zeros added on each side, at least 0
 */
public record Convolution(int kernel, int stride, int dilation, int padding) {
    /** Refuses a geometry that is not one. */
    public Convolution {
        require(kernel >= 1, "kernel", "at least 1", kernel);
        require(stride >= 1, "stride", "at least 1", stride);
        require(dilation >= 1, "dilation", "at least 1", dilation);
        require(padding >= 0, "padding", "at least 0", padding);
        require((long) dilation * (kernel - 1) < Integer.MAX_VALUE / 4, "dilation * kernel", "a sane size", dilation);
    }

    /**
     * @param kernel an odd number of taps per axis
     * @return stride 1 and the padding that keeps height and width
     */
    public static Convolution same(int kernel) {
        return same(kernel, 1);
    }

    /**
     * @param kernel an odd number of taps per axis
     * @param dilation input pixels from one tap to the next
     * @return stride 1 and the padding that keeps height and width
     */
    public static Convolution same(int kernel, int dilation) {
        require(kernel % 2 == 1, "kernel", "odd, so that the size can stay the same", kernel);
        return new Convolution(kernel, 1, dilation, dilation * (kernel - 1) / 2);
    }

    /**
     * @param size height or width of the input, pixels
     * @return height or width of the output, pixels, at least 1
     * @throws IllegalArgumentException if the kernel does not fit into the padded input
     */
    public long outputSize(long size) {
        long room = size + 2L * padding - (long) dilation * (kernel - 1) - 1;
        if (room < 0) {
            throw new IllegalArgumentException("an input of " + size + " pixels is too small for " + this);
        }
        return room / stride + 1;
    }

    private static void require(boolean holds, String what, String expected, int found) {
        if (!holds) {
            throw new IllegalArgumentException("convolution: " + what + " must be " + expected + ", found " + found);
        }
    }
}
