package slidefield.nn.kernels;

/**
 * The geometry of a two-dimensional convolution (cross-correlation, as networks use the word) or of a pooling window.
 * Output size of an axis: {@code (size + 2 padding - dilation (taps - 1) - 1) / stride + 1}, rounded down.
 *
 * @param height taps downwards, at least 1
 * @param width taps across, at least 1
 * @param stride input pixels from one output to the next, at least 1
 * @param dilation input pixels from one tap to the next, at least 1
 * @param verticalPadding lines of zeros added above and below, at least 0
 * @param horizontalPadding columns of zeros added left and right, at least 0
 */
public record Convolution(int height, int width, int stride, int dilation, int verticalPadding, int horizontalPadding) {
    /** Refuses a geometry that is not one. */
    public Convolution {
        require(height >= 1 && width >= 1, "kernel", "at least 1", Math.min(height, width));
        require(stride >= 1, "stride", "at least 1", stride);
        require(dilation >= 1, "dilation", "at least 1", dilation);
        int padding = Math.min(verticalPadding, horizontalPadding);
        require(padding >= 0, "padding", "at least 0", padding);
        long taps = Math.max(height, width);
        require(dilation * (taps - 1) < Integer.MAX_VALUE / 4, "dilation * kernel", "a sane size", dilation);
    }

    /**
     * The same on both axes.
     *
     * @param kernel taps per axis, at least 1
     * @param stride input pixels from one output to the next, at least 1
     * @param dilation input pixels from one tap to the next, at least 1
     * @param padding zeros added on each side, at least 0
     */
    public Convolution(int kernel, int stride, int dilation, int padding) {
        this(kernel, kernel, stride, dilation, padding, padding);
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
        return same(kernel, kernel, dilation);
    }

    /**
     * @param height an odd number of taps downwards
     * @param width an odd number of taps across
     * @param dilation input pixels from one tap to the next
     * @return stride 1 and the padding that keeps height and width
     */
    public static Convolution same(int height, int width, int dilation) {
        require(height % 2 == 1, "kernel", "odd, so that the size can stay the same", height);
        require(width % 2 == 1, "kernel", "odd, so that the size can stay the same", width);
        return new Convolution(height, width, 1, dilation, dilation * (height - 1) / 2, dilation * (width - 1) / 2);
    }

    /** @return the number of taps */
    public int taps() {
        return Math.multiplyExact(height, width);
    }

    /** @return whether both axes have the same taps and padding */
    public boolean square() {
        return height == width && verticalPadding == horizontalPadding;
    }

    /**
     * @return taps per axis
     * @throws IllegalStateException if the axes differ
     */
    public int kernel() {
        requireSquare();
        return height;
    }

    /**
     * @return zeros added on each side
     * @throws IllegalStateException if the axes differ
     */
    public int padding() {
        requireSquare();
        return verticalPadding;
    }

    private void requireSquare() {
        if (!square()) {
            throw new IllegalStateException("the axes of " + this + " differ");
        }
    }

    /**
     * @param size height or width of the input, pixels
     * @return height or width of the output, pixels, at least 1
     * @throws IllegalArgumentException if the kernel does not fit into the padded input
     * @throws IllegalStateException if the axes differ
     */
    public long outputSize(long size) {
        requireSquare();
        return outputHeight(size);
    }

    /**
     * @param size height of the input, pixels
     * @return height of the output, pixels, at least 1
     * @throws IllegalArgumentException if the kernel does not fit into the padded input
     */
    public long outputHeight(long size) {
        return outputSize(size, height, verticalPadding);
    }

    /**
     * @param size width of the input, pixels
     * @return width of the output, pixels, at least 1
     * @throws IllegalArgumentException if the kernel does not fit into the padded input
     */
    public long outputWidth(long size) {
        return outputSize(size, width, horizontalPadding);
    }

    private long outputSize(long size, int taps, int padding) {
        long room = size + 2L * padding - (long) dilation * (taps - 1) - 1;
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
