package slidefield.swipe;

import slidefield.nn.BatchNorm;
import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/** A convolution without bias, batch normalisation and perhaps ReLU: N x H x W x I to N x H' x W' x O. */
final class NormalisedConvolution extends Module {
    private static final double EPSILON = 1e-5;
    private static final double MOMENTUM = 0.1;

    private final Conv2d convolution;
    private final BatchNorm norm;

    private NormalisedConvolution(Init init, Conv2d convolution, int out, Activation activation) {
        this.convolution = child("conv", convolution);
        norm = child("norm", norm(init, out, activation));
    }

    /** PyTorch's default initial values, as in the neck. */
    NormalisedConvolution(Init init, int in, int out, Convolution geometry, Activation activation) {
        this(init, new Conv2d(init, in, out, geometry, false, Activation.NONE), out, activation);
    }

    /** He's initial values by fan out, as in the backbone. */
    static NormalisedConvolution ofFanOut(Init init, int in, int out, Convolution geometry, Activation activation) {
        Conv2d convolution = new Conv2d(
                init.kaimingNormal((long) out * geometry.taps(), geometry.height(), geometry.width(), in, out),
                null,
                geometry,
                Activation.NONE);
        return new NormalisedConvolution(init, convolution, out, activation);
    }

    /** The batch normalisation of all of SwIPE. */
    static BatchNorm norm(Init init, int channels, Activation activation) {
        return new BatchNorm(init, channels, EPSILON, MOMENTUM, activation);
    }

    @Override
    public Tensor forward(Tensor x) {
        return normalised(convolved(x));
    }

    /** The convolution alone. */
    Tensor convolved(Tensor x) {
        return convolution.forward(x);
    }

    /** What follows the convolution. */
    Tensor normalised(Tensor convolved) {
        return norm.forward(convolved);
    }
}
