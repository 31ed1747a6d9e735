package slidefield.nn.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of convolutions of volumes. The rules of {@link Kernels} apply; volumes are N x D x H x W x C. What else
 * networks do with volumes is done with the kernels of images, axis by axis.
 */
public interface VolumeKernels {
    /**
     * y = activation(x * w + bias + addend), where * is the convolution.
     *
     * @param geometry taps, stride, dilation, padding
     * @param x N x D x H x W x I
     * @param w depth x height x width x I x O
     * @param bias O values, or null
     * @param addend the shape of y, added before the activation, or null
     * @param activation applied last
     * @param y N x D' x H' x W' x O
     */
    void convolution(
            VolumeConvolution geometry,
            INDArray x,
            INDArray w,
            INDArray bias,
            INDArray addend,
            Activation activation,
            INDArray y);

    /**
     * The gradients of {@code x * w + bias} (no addend, no activation).
     *
     * @param geometry as in the forward pass
     * @param x N x D x H x W x I, as in the forward pass
     * @param w depth x height x width x I x O, as in the forward pass
     * @param gy gradient of the result, N x D' x H' x W' x O
     * @param gx receives the gradient of x, or null
     * @param gw receives the gradient of w, or null
     * @param gb receives the gradient of the bias, O values, or null
     */
    void convolutionGradients(
            VolumeConvolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb);
}
