package slidefield.nn.kernels;

/**
 * The geometry of a three-dimensional convolution: that within a slice, which also says stride and dilation of all three
 * axes, and the taps across slices. The rules of {@link Convolution} apply to every axis.
 *
 * @param depth taps from slice to slice, at least 1
 * @param depthPadding slices of zeros added in front and behind, at least 0
 * @param plane taps within a slice, stride, dilation
 */
public record VolumeConvolution(int depth, int depthPadding, Convolution plane) {
    /** @throws IllegalArgumentException if it is no geometry */
    public VolumeConvolution {
        across(depth, depthPadding, plane);
    }

    /**
     * The same on all axes.
     *
     * @param kernel taps per axis, at least 1
     * @param stride input voxels from one output to the next, at least 1
     * @param dilation input voxels from one tap to the next, at least 1
     * @param padding zeros added on each side, at least 0
     */
    public VolumeConvolution(int kernel, int stride, int dilation, int padding) {
        this(kernel, padding, new Convolution(kernel, stride, dilation, padding));
    }

    /**
     * @param kernel an odd number of taps per axis
     * @return stride 1 and the padding that keeps the size
     */
    public static VolumeConvolution same(int kernel) {
        return same(kernel, kernel, kernel, 1);
    }

    /**
     * @param depth an odd number of taps from slice to slice
     * @param height an odd number of taps downwards
     * @param width an odd number of taps across
     * @param dilation input voxels from one tap to the next
     * @return stride 1 and the padding that keeps the size
     */
    public static VolumeConvolution same(int depth, int height, int width, int dilation) {
        int padding = Convolution.same(depth, dilation).padding();
        return new VolumeConvolution(depth, padding, Convolution.same(height, width, dilation));
    }

    /** The taps across slices as a convolution of a column: slices lie below one another. */
    private static Convolution across(int depth, int padding, Convolution plane) {
        return new Convolution(depth, 1, plane.stride(), plane.dilation(), padding, 0);
    }

    /** @return the number of taps */
    public int taps() {
        return Math.multiplyExact(depth, plane.taps());
    }

    /**
     * @param size slices of the input
     * @return slices of the output, at least 1
     * @throws IllegalArgumentException if the kernel does not fit into the padded input
     */
    public long outputDepth(long size) {
        return across(depth, depthPadding, plane).outputHeight(size);
    }
}
