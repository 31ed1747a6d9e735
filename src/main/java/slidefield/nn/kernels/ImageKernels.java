package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of layers that work on images channel by channel: depth-wise convolution, pooling, bilinear resizing,
 * normalisation, exchange of axes. The rules of {@link Kernels} apply.
 */
public interface ImageKernels {
    /** The largest kernel of {@link #maxPooling}: the number of a tap is kept in one byte. */
    int LARGEST_POOLING_KERNEL = 11;

    /**
     * y = x * w + bias, where * convolves every channel with a filter of its own (depth-wise, multiplier 1).
     *
     * @param geometry taps, stride, dilation, padding
     * @param x N x H x W x C
     * @param w height x width x C, of the geometry
     * @param bias C values, or null
     * @param y N x H' x W' x C
     */
    void depthwise(Convolution geometry, INDArray x, INDArray w, INDArray bias, INDArray y);

    /**
     * The gradients of {@link #depthwise}.
     *
     * @param geometry as in the forward pass
     * @param x as in the forward pass
     * @param w as in the forward pass
     * @param gy gradient of y
     * @param gx receives the gradient of x, or null
     * @param gw receives the gradient of w, or null
     * @param gb receives the gradient of the bias, C values, or null
     */
    void depthwiseGradients(
            Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb);

    /**
     * y = the largest value under each window; what lies outside the image is smaller than everything.
     *
     * @param window kernel (at most {@link #LARGEST_POOLING_KERNEL}), stride and padding; dilation 1
     * @param x N x H x W x C
     * @param y N x H' x W' x C, sizes from {@link Convolution#outputSize}
     * @param winners the shape of y in INT8, receives which tap held the largest value, the first of several: row times
     *     kernel plus column; or null
     */
    void maxPooling(Convolution window, INDArray x, INDArray y, INDArray winners);

    /**
     * gx = gy where a pixel was its window's largest, added where it was so of several windows, and 0 elsewhere.
     *
     * @param window as in the forward pass
     * @param winners as the forward pass gave them
     * @param gy gradient of y
     * @param gx receives the gradient of x
     */
    void maxPoolingGradient(Convolution window, INDArray winners, INDArray gy, INDArray gx);

    /**
     * y = the mean under each window; what lies outside the image is 0 and counts.
     *
     * @param window kernel, stride and padding; dilation 1
     * @param x N x H x W x C
     * @param y N x H' x W' x C
     */
    void averagePooling(Convolution window, INDArray x, INDArray y);

    /**
     * @param window as in the forward pass
     * @param gy gradient of y
     * @param gx receives the gradient of x
     */
    void averagePoolingGradient(Convolution window, INDArray gy, INDArray gx);

    /**
     * y = x at another size, bilinear, at the positions of {@link LinearAxis}.
     *
     * @param alignCorners whether the centres of the corner pixels stay, instead of the corners of the image
     * @param x N x H x W x C
     * @param y N x H' x W' x C
     */
    void resize(boolean alignCorners, INDArray x, INDArray y);

    /**
     * @param alignCorners as in the forward pass
     * @param gy gradient of y
     * @param gx receives the gradient of x
     */
    void resizeGradient(boolean alignCorners, INDArray gy, INDArray gx);

    /**
     * Mean and (biased) variance of every channel over all other axes.
     *
     * @param x ... x C
     * @param mean receives C values
     * @param variance receives C values, the mean squared distance from the mean
     */
    void moments(INDArray x, INDArray mean, INDArray variance);

    /**
     * y = normalisation of x; y may be x.
     *
     * @param how statistics and what follows them
     * @param x ... x C
     * @param y the shape of x
     */
    void normalize(ChannelNormalization how, INDArray x, INDArray y);

    /**
     * The gradients of {@link #normalize}, the activation included; gx may be gy.
     *
     * @param how as in the forward pass
     * @param ofBatch whether the statistics are those of this x, and change with it
     * @param x as in the forward pass
     * @param gy gradient of the result
     * @param gx receives the gradient of x, or null
     * @param gw receives the gradient of the weight, C values, or null
     * @param gb receives the gradient of the bias, C values, or null
     */
    void normalizeGradients(
            ChannelNormalization how, boolean ofBatch, INDArray x, INDArray gy, INDArray gx, INDArray gw, INDArray gb);

    /**
     * y[i] = x[rows[i]].
     *
     * @param x R x C
     * @param rows indices below R, one per row of y; any may come several times
     * @param y N x C
     */
    void gatherRows(INDArray x, int[] rows, INDArray y);

    /**
     * gx[r] = the sum of gy[i] over all i with rows[i] = r, added in the order of i.
     *
     * @param rows as in the forward pass
     * @param gy gradient of y, N x C
     * @param gx receives the gradient of x, R x C
     */
    void gatherRowsGradient(int[] rows, INDArray gy, INDArray gx);

    /**
     * y[i] = the sum of i's rows of x times their weights.
     *
     * @param x R x C
     * @param how rows below R
     * @param y N x C
     */
    void weightedRows(INDArray x, WeightedRows how, INDArray y);

    /**
     * gx[r] = the sum of gy[i] times the weight that r has in i, added in the order of i.
     *
     * @param how as in the forward pass
     * @param gy gradient of y, N x C
     * @param gx receives the gradient of x, R x C
     */
    void weightedRowsGradient(WeightedRows how, INDArray gy, INDArray gx);

    /**
     * Exchanges the two middle axes.
     *
     * @param x A x B x C x D
     * @param y A x C x B x D
     */
    void exchange(INDArray x, INDArray y);
}
