package slidefield.swipe.volume;

import slidefield.nn.BatchNorm;
import slidefield.nn.Conv3d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.VolumeConvolution;

/** A convolution without bias, batch normalisation and perhaps ReLU: N x D x H x W x I to N x D' x H' x W' x O. */
final class NormalisedConv3d extends Module {
    private static final double EPSILON = 1e-5;
    private static final double MOMENTUM = 0.1;

    private final Conv3d convolution;
    private final BatchNorm norm;

    private NormalisedConv3d(Init init, Conv3d convolution, int out, Activation activation) {
        this.convolution = child("conv", convolution);
        norm = child("norm", new BatchNorm(init, out, EPSILON, MOMENTUM, activation));
    }

    /** PyTorch's default initial values, as in the neck and the U-Net. */
    NormalisedConv3d(Init init, int in, int out, VolumeConvolution geometry, Activation activation) {
        this(init, new Conv3d(init, in, out, geometry, false, Activation.NONE), out, activation);
    }

    /** He's initial values by fan out, as in the backbone. */
    static NormalisedConv3d ofFanOut(Init init, int in, int out, VolumeConvolution geometry, Activation activation) {
        Conv3d convolution = new Conv3d(
                init.kaimingNormal((long) out * geometry.taps(), Conv3d.shape(geometry, in, out)),
                null,
                geometry,
                Activation.NONE);
        return new NormalisedConv3d(init, convolution, out, activation);
    }

    @Override
    public Tensor forward(Tensor x) {
        return norm.forward(convolution.forward(x));
    }
}
