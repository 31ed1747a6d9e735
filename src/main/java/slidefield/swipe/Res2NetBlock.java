package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Pooling;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * The residual block of Res2Net (Gao et al. 2019, "v1b, 26w, 4s"): between two 1 x 1 convolutions the channels are split
 * in four, of which three go through 3 x 3 convolutions, each also seeing what the one before it found. The first block of
 * a stage brings the new size: there the splits do not see each other, and the fourth goes through a pooling.
 * N x H x W x I to N x H' x W' x O.
 */
final class Res2NetBlock extends Module {
    private static final int SCALE = 4;

    private final int width;
    private final int stride;
    private final boolean first;
    private final NormalisedConvolution reduce;
    private final List<NormalisedConvolution> branches = new ArrayList<>();
    private final NormalisedConvolution expand;
    /** Brings the input to the size of the result; null where it has that size. */
    private final NormalisedConvolution shortcut;

    /**
     * @param init source of the initial values
     * @param in channels I
     * @param planes a split has 26/64 of them
     * @param out channels O that come out
     * @param stride of the 3 x 3 convolutions, 1 or 2; 1 unless this is the first block
     * @param first whether this is the first block of a stage
     */
    Res2NetBlock(Init init, int in, int planes, int out, int stride, boolean first) {
        this.width = planes * 26 / 64;
        this.stride = stride;
        this.first = first;
        Convolution pointwise = new Convolution(1, 1, 1, 0);
        Activation relu = Activation.RELU;
        reduce = child("reduce", NormalisedConvolution.ofFanOut(init, in, SCALE * width, pointwise, relu));
        for (int k = 0; k < SCALE - 1; k++) {
            Convolution geometry = new Convolution(3, stride, 1, 1);
            branches.add(child("branch" + k, NormalisedConvolution.ofFanOut(init, width, width, geometry, relu)));
        }
        expand = child("expand", NormalisedConvolution.ofFanOut(init, SCALE * width, out, pointwise, Activation.NONE));
        shortcut = stride != 1 || in != out
                ? child("shortcut", NormalisedConvolution.ofFanOut(init, in, out, pointwise, Activation.NONE))
                : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor narrow = reduce.forward(x);
        List<Tensor> parts = new ArrayList<>();
        Tensor before = null;
        for (int k = 0; k < SCALE - 1; k++) {
            Tensor split = split(narrow, k);
            before = branches.get(k).forward(first || k == 0 ? split : Arithmetic.add(before, split));
            parts.add(before);
        }
        Tensor last = split(narrow, SCALE - 1);
        parts.add(first ? Pooling.average(last, new Convolution(3, stride, 1, 1)) : last);
        Tensor result = expand.forward(Shapes.concat(parts));
        return Activations.relu(Arithmetic.add(result, residual(x)));
    }

    private Tensor split(Tensor narrow, int k) {
        return Shapes.channels(narrow, (long) k * width, (long) (k + 1) * width);
    }

    private Tensor residual(Tensor x) {
        if (shortcut == null) {
            return x;
        }
        return shortcut.forward(stride == 1 ? x : Pooling.average(x, stride, stride));
    }
}
