package slidefield.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Convolution;

/** A convolution of every channel with a filter of its own and an optional bias: N x H x W x C to N x H' x W' x C. */
public final class DepthwiseConv2d extends Module {
    private final Convolution geometry;
    /** height x width x C. */
    private final Parameter weight;
    /** C values, or null. */
    private final Parameter bias;

    /**
     * PyTorch's default initial values.
     *
     * @param init source of the initial values
     * @param channels C
     * @param geometry taps, stride, dilation, padding
     * @param bias whether to add one value per channel
     */
    public DepthwiseConv2d(Init init, int channels, Convolution geometry, boolean bias) {
        this(
                init.kaimingUniform(geometry.taps(), geometry.height(), geometry.width(), channels),
                bias ? init.kaimingUniform(geometry.taps(), channels) : null,
                geometry);
    }

    /**
     * @param weight initial values, height x width x C
     * @param bias initial values, C, or null for none
     * @param geometry taps, stride, dilation, padding
     */
    public DepthwiseConv2d(INDArray weight, INDArray bias, Convolution geometry) {
        this.geometry = geometry;
        this.weight = parameter("weight", weight);
        this.bias = bias == null ? null : parameter("bias", bias);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tape tape = x.tape();
        Tensor b = bias == null ? null : tape.parameter(bias);
        return Convolutions.depthwise(x, tape.parameter(weight), b, geometry);
    }
}
