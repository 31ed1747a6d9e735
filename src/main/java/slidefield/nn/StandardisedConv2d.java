package slidefield.nn;

import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;
import slidefield.nn.kernels.GroupNormalisation;

/**
 * A convolution whose weights are standardised (Qiao et al. 2019): those of each output channel are brought to mean 0 and
 * variance 1 before they are used, and the gradient goes through that. Without bias, as a group normalisation follows.
 * N x H x W x I to N x H' x W' x O.
 */
public final class StandardisedConv2d extends Module {
    /** Added to the variance of the weights (Beyer et al. 2020, "Big Transfer"). */
    private static final double EPSILON = 1e-5;

    private final Convolution geometry;
    private final GroupNormalisation perOutput;
    /** kernel x kernel x I x O, before they are standardised. */
    private final Parameter weight;

    /**
     * PyTorch's default initial values.
     *
     * @param init source of the initial values
     * @param in input channels I
     * @param out output channels O
     * @param geometry taps, stride, dilation, padding
     */
    public StandardisedConv2d(Init init, int in, int out, Convolution geometry) {
        this.geometry = geometry;
        this.perOutput = new GroupNormalisation(out, EPSILON);
        weight = parameter(
                "weight",
                init.kaimingUniform((long) in * geometry.taps(), geometry.height(), geometry.width(), in, out));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor standard =
                GroupNorm.normalise(x.tape().parameter(weight), 1, perOutput, null, null, null, Activation.NONE);
        return Convolutions.convolution(x, standard, null, geometry, null, Activation.NONE);
    }
}
