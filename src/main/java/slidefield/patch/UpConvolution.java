package slidefield.patch;

import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Tensor;
import slidefield.nn.TransposedConv2d;
import slidefield.nn.kernels.Activation;

/** A transposed convolution that makes an image larger by a whole factor; batch normalisation and ReLU may follow. */
final class UpConvolution extends Module {
    private final Module up;
    private final Module norm;

    UpConvolution(Init init, int in, int out, int factor, boolean normalized) {
        up = child("conv", new TransposedConv2d(init, in, out, factor, Activation.NONE));
        norm = normalized ? child("norm", ConvolutionBlock.norm(init, out, Activation.RELU)) : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor larger = up.forward(x);
        return norm == null ? larger : norm.forward(larger);
    }
}
