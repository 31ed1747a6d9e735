package slidefield.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/** A two-dimensional convolution with optional bias and activation: N x H x W x I to N x H' x W' x O. */
public final class Conv2d extends Module {
    private final Convolution geometry;
    private final Activation activation;
    /** height x width x I x O. */
    private final Parameter weight;
    /** O values, or null. */
    private final Parameter bias;

    /**
     * Stride 1 and the padding that keeps the size; PyTorch's default initial values.
     *
     * @param init source of the initial values
     * @param in input channels I
     * @param out output channels O
     * @param kernel taps per axis, odd
     * @param bias whether to add one value per output channel
     * @param activation applied last
     */
    public Conv2d(Init init, int in, int out, int kernel, boolean bias, Activation activation) {
        this(init, in, out, Convolution.same(kernel), bias, activation);
    }

    /**
     * PyTorch's default initial values.
     *
     * @param init source of the initial values
     * @param in input channels I
     * @param out output channels O
     * @param geometry taps, stride, dilation, padding
     * @param bias whether to add one value per output channel
     * @param activation applied last
     */
    public Conv2d(Init init, int in, int out, Convolution geometry, boolean bias, Activation activation) {
        this(
                init.kaimingUniform(fanIn(in, geometry), geometry.height(), geometry.width(), in, out),
                bias ? init.kaimingUniform(fanIn(in, geometry), out) : null,
                geometry,
                activation);
    }

    /**
     * @param weight initial values, height x width x I x O
     * @param bias initial values, O, or null for none
     * @param geometry taps, stride, dilation, padding
     * @param activation applied last
     */
    public Conv2d(INDArray weight, INDArray bias, Convolution geometry, Activation activation) {
        this.geometry = geometry;
        this.activation = activation;
        this.weight = parameter("weight", weight);
        this.bias = bias == null ? null : parameter("bias", bias);
    }

    private static long fanIn(int in, Convolution geometry) {
        return (long) in * geometry.taps();
    }

    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    /**
     * @param x N x H x W x I
     * @param addend added before the activation (a residual connection), N x H' x W' x O, or null
     * @return activation(convolution of x + bias + addend)
     */
    public Tensor forward(Tensor x, Tensor addend) {
        Tape tape = x.tape();
        Tensor b = bias == null ? null : tape.parameter(bias);
        return Convolutions.convolution(x, tape.parameter(weight), b, geometry, addend, activation);
    }
}
