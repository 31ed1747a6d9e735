package slidefield.nn;

import slidefield.nn.kernels.Activation;

/**
 * A transposed convolution whose kernel is its stride, with bias: N x H x W x I to N x (stride H) x (stride W) x O. Every
 * pixel becomes a square of its own, so the squares never overlap.
 */
public final class TransposedConv2d extends Module {
    private final int stride;
    private final Activation activation;
    /** stride x stride x I x O. */
    private final Parameter weight;
    /** O values. */
    private final Parameter bias;

    /**
     * PyTorch's default initial values, whose fan in is {@code out stride^2} here.
     *
     * @param init source of the initial values
     * @param in input channels I
     * @param out output channels O
     * @param stride side of the square that a pixel becomes, at least 1
     * @param activation applied last
     */
    public TransposedConv2d(Init init, int in, int out, int stride, Activation activation) {
        this.stride = stride;
        this.activation = activation;
        long fanIn = (long) out * stride * stride;
        weight = parameter("weight", init.kaimingUniform(fanIn, stride, stride, in, out));
        bias = parameter("bias", init.kaimingUniform(fanIn, out));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tape tape = x.tape();
        return Convolutions.transposed(x, tape.parameter(weight), tape.parameter(bias), stride, activation);
    }
}
