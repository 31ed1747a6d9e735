package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of vision transformers and of the normalised residual networks in front of them. All arrays are of the
 * kernels' own type ({@link Kernels#type()}); all else is as in {@link Kernels}: row-major and dense, outputs are
 * overwritten, gradients whose array is null are skipped.
 */
public interface TransformerKernels {
    /**
     * y = activation((x - mean) / sqrt(variance + epsilon) scale + shift + addend), with mean and (biased) variance of
     * each image's groups of channels.
     *
     * @param how groups and epsilon
     * @param x N x P x C: images, pixels, channels
     * @param scale C values, or null for 1 and no shift
     * @param shift C values; null if the scale is
     * @param addend the shape of y, added before the activation (a residual connection), or null
     * @param activation applied last
     * @param mean receives the means, N x groups
     * @param variance receives the variances, N x groups
     * @param y N x P x C
     */
    void groupNorm(
            GroupNormalisation how,
            INDArray x,
            INDArray scale,
            INDArray shift,
            INDArray addend,
            Activation activation,
            INDArray mean,
            INDArray variance,
            INDArray y);

    /**
     * The gradients of the normalisation (no addend, no activation), through mean and variance too.
     *
     * @param how as in the forward pass
     * @param x as in the forward pass
     * @param scale as in the forward pass
     * @param mean what {@link #groupNorm} gave
     * @param variance what {@link #groupNorm} gave
     * @param gy gradient of the result, N x P x C
     * @param gx receives the gradient of x, or null; may be gy
     * @param gscale receives the gradient of the scale, C values, or null
     * @param gshift receives the gradient of the shift, C values, or null
     */
    void groupNormGradients(
            GroupNormalisation how,
            INDArray x,
            INDArray scale,
            INDArray mean,
            INDArray variance,
            INDArray gy,
            INDArray gx,
            INDArray gscale,
            INDArray gshift);

    /**
     * The Gaussian error linear unit (Hendrycks and Gimpel 2016), y = x (1 + erf(x / sqrt 2)) / 2; y may be x.
     *
     * @param x any shape
     * @param y the shape of x
     */
    void gelu(INDArray x, INDArray y);

    /**
     * gx = gy times the derivative of {@link #gelu}; gx may be gy.
     *
     * @param x as in the forward pass
     * @param gy gradient of y
     * @param gx receives the gradient of x
     */
    void geluGradient(INDArray x, INDArray gy, INDArray gx);

    /**
     * y = exp(x) over its sum along the last axis, without overflow; y may be x.
     *
     * @param x ... x C
     * @param y the shape of x
     */
    void softmax(INDArray x, INDArray y);

    /**
     * gx = y (gy - sum of y gy along the last axis); gx may be gy.
     *
     * @param y what {@link #softmax} gave
     * @param gy gradient of y
     * @param gx receives the gradient of x
     */
    void softmaxGradient(INDArray y, INDArray gy, INDArray gx);

    /**
     * Multi-head attention (Vaswani et al. 2017, section 3.2). Head h owns the channels h C / H to (h + 1) C / H - 1 of
     * q, k, v and y: p = softmax(q k^T / sqrt(C / H)), y = p v.
     *
     * @param heads H; C is a multiple of it
     * @param q queries, N x T x C
     * @param k keys, N x T x C
     * @param v values, N x T x C
     * @param p receives the attention of every token (row) to every token, N x H x T x T
     * @param y N x T x C
     */
    void attention(int heads, INDArray q, INDArray k, INDArray v, INDArray p, INDArray y);

    /**
     * The gradients of {@link #attention}.
     *
     * @param heads as in the forward pass
     * @param q as in the forward pass
     * @param k as in the forward pass
     * @param v as in the forward pass
     * @param p what {@link #attention} gave
     * @param gy gradient of y
     * @param gq receives the gradient of q, or null
     * @param gk receives the gradient of k, or null
     * @param gv receives the gradient of v, or null
     */
    void attentionGradients(
            int heads,
            INDArray q,
            INDArray k,
            INDArray v,
            INDArray p,
            INDArray gy,
            INDArray gq,
            INDArray gk,
            INDArray gv);
}
