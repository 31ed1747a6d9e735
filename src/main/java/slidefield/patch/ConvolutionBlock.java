package slidefield.patch;

import slidefield.nn.BatchNorm;
import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/** What a U-Net does at one level: twice a 3 x 3 convolution that keeps the size, batch normalisation and ReLU. */
final class ConvolutionBlock extends Module {
    /** PyTorch's defaults. */
    static final double EPSILON = 1e-5;

    static final double MOMENTUM = 0.1;

    private final Module first;
    private final Module firstNorm;
    private final Module second;
    private final Module secondNorm;

    ConvolutionBlock(Init init, int in, int out, boolean bias) {
        first = child("conv0", new Conv2d(init, in, out, 3, bias, Activation.NONE));
        firstNorm = child("norm0", norm(init, out, Activation.RELU));
        second = child("conv1", new Conv2d(init, out, out, 3, bias, Activation.NONE));
        secondNorm = child("norm1", norm(init, out, Activation.RELU));
    }

    static BatchNorm norm(Init init, int channels, Activation activation) {
        return new BatchNorm(init, channels, EPSILON, MOMENTUM, activation);
    }

    @Override
    public Tensor forward(Tensor x) {
        return secondNorm.forward(second.forward(firstNorm.forward(first.forward(x))));
    }
}
