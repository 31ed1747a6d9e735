package slidefield.swipe;

import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Pooling;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * A residual block of OSSNet's encoder (authors' code): a 3 x 3 convolution with batch norm and ReLU, a mean of 2 x 2, a
 * 3 x 3 convolution with batch norm, beside it the mean of the input through a 1 x 1 convolution where the channels
 * differ; ReLU of the sum. N x H x W x I to N x H/2 x W/2 x O.
 */
final class OssNetEncoderBlock extends Module {
    private final NormalisedConvolution first;
    private final NormalisedConvolution second;
    /** Null where input and output have the same channels. */
    private final PointwiseLinear shortcut;

    OssNetEncoderBlock(Init init, int in, int out) {
        Convolution same = Convolution.same(3);
        first = child("first", new NormalisedConvolution(init, in, out, same, Activation.RELU));
        second = child("second", new NormalisedConvolution(init, out, out, same, Activation.NONE));
        shortcut = in == out ? null : child("shortcut", new PointwiseLinear(init, in, out, false, Activation.NONE));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor main = second.forward(halved(first.forward(x)));
        // a 1 x 1 convolution without bias and a mean can be exchanged: the mean first is a quarter of the work
        Tensor rest = shortcut == null ? halved(x) : shortcut.forward(halved(x));
        return Activations.relu(Arithmetic.add(main, rest));
    }

    private static Tensor halved(Tensor x) {
        return Pooling.average(x, 2, 2);
    }
}
