package slidefield.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.VolumeConvolution;

/** A three-dimensional convolution with optional bias and activation: N x D x H x W x I to N x D' x H' x W' x O. */
public final class Conv3d extends Module {
    private final VolumeConvolution geometry;
    private final Activation activation;
    /** depth x height x width x I x O. */
    private final Parameter weight;
    /** O values, or null. */
    private final Parameter bias;

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
    public Conv3d(Init init, int in, int out, VolumeConvolution geometry, boolean bias, Activation activation) {
        this(
                init.kaimingUniform((long) in * geometry.taps(), shape(geometry, in, out)),
                bias ? init.kaimingUniform((long) in * geometry.taps(), out) : null,
                geometry,
                activation);
    }

    /**
     * @param weight initial values, depth x height x width x I x O
     * @param bias initial values, O, or null for none
     * @param geometry taps, stride, dilation, padding
     * @param activation applied last
     */
    public Conv3d(INDArray weight, INDArray bias, VolumeConvolution geometry, Activation activation) {
        this.geometry = geometry;
        this.activation = activation;
        this.weight = parameter("weight", weight);
        this.bias = bias == null ? null : parameter("bias", bias);
    }

    /**
     * @param geometry of a convolution
     * @param in input channels I
     * @param out output channels O
     * @return the shape of its weight
     */
    public static long[] shape(VolumeConvolution geometry, int in, int out) {
        return new long[] {
            geometry.depth(), geometry.plane().height(), geometry.plane().width(), in, out
        };
    }

    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    /**
     * @param x N x D x H x W x I
     * @param addend added before the activation (a residual connection), N x D' x H' x W' x O, or null
     * @return activation(convolution of x + bias + addend)
     */
    public Tensor forward(Tensor x, Tensor addend) {
        Tape tape = x.tape();
        Tensor b = bias == null ? null : tape.parameter(bias);
        return VolumeConvolutions.convolution(x, tape.parameter(weight), b, geometry, addend, activation);
    }
}
