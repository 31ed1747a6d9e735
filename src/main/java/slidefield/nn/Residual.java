package slidefield.nn;

import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/** A residual block of one dilated convolution, relu(x + conv(x)): N x H x W x C to the same shape. */
public final class Residual extends Module {
    private final Conv2d conv;

    /**
     * @param init source of the initial values
     * @param channels C
     * @param kernel taps per axis, odd
     * @param dilation pixels between taps
     * @param bias whether the convolution adds one value per channel
     */
    public Residual(Init init, int channels, int kernel, int dilation, boolean bias) {
        conv = child(
                "conv",
                new Conv2d(init, channels, channels, Convolution.same(kernel, dilation), bias, Activation.RELU));
    }

    @Override
    public Tensor forward(Tensor x) {
        return conv.forward(x, x);
    }
}
