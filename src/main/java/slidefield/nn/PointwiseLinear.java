package slidefield.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;

/** A linear layer over the last axis, the same for every pixel (a 1 x 1 convolution): ... x I to ... x O. */
public final class PointwiseLinear extends Module {
    private final Activation activation;
    /** I x O. */
    private final Parameter weight;
    /** O values, or null. */
    private final Parameter bias;

    /**
     * PyTorch's default initial values.
     *
     * @param init source of the initial values
     * @param in input channels I
     * @param out output channels O
     * @param bias whether to add one value per output channel
     * @param activation applied last
     */
    public PointwiseLinear(Init init, int in, int out, boolean bias, Activation activation) {
        this(init.kaimingUniform(in, in, out), bias ? init.kaimingUniform(in, out) : null, activation);
    }

    /**
     * @param weight initial values, I x O
     * @param bias initial values, O, or null for none
     * @param activation applied last
     */
    public PointwiseLinear(INDArray weight, INDArray bias, Activation activation) {
        this.activation = activation;
        this.weight = parameter("weight", weight);
        this.bias = bias == null ? null : parameter("bias", bias);
    }

    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    /**
     * @param x ... x I
     * @param addend added before the activation (a residual connection), ... x O, or null
     * @return activation(x weight + bias + addend)
     */
    public Tensor forward(Tensor x, Tensor addend) {
        Tape tape = x.tape();
        Tensor b = bias == null ? null : tape.parameter(bias);
        return Convolutions.pointwise(x, tape.parameter(weight), b, addend, activation);
    }
}
