package slidefield.swipe.volume;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.VolumePooling;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.VolumeConvolution;

/**
 * The residual block of Res2Net ("v1b, 26w, 4s", Gao et al. 2019) with all axes extended to three: between two convolutions
 * of one tap the channels are split in four, of which three go through 3 x 3 x 3 convolutions, each also seeing what the
 * one before it found. In the first block of a stage the splits do not see each other, and the fourth goes through a
 * pooling. N x D x H x W x I to N x D' x H' x W' x 2 planes.
 */
final class VolumeRes2NetBlock extends Module {
    private static final int SCALE = 4;

    private final int width;
    private final int stride;
    private final boolean first;
    private final NormalisedConv3d reduce;
    private final List<NormalisedConv3d> branches = new ArrayList<>();
    private final NormalisedConv3d expand;
    /** Brings the input to the size of the result; null where it has that size. */
    private final NormalisedConv3d shortcut;

    /**
     * @param init source of the initial values
     * @param in channels I
     * @param planes half of the channels that come out; a split has 26/64 of them
     * @param stride of the 3 x 3 x 3 convolutions, 1 or 2; 1 unless this is the first block
     * @param first whether this is the first block of a stage
     */
    VolumeRes2NetBlock(Init init, int in, int planes, int stride, boolean first) {
        this.width = VolumeSwipeOptions.split(planes);
        this.stride = stride;
        this.first = first;
        int out = VolumeSwipeOptions.EXPANSION * planes;
        VolumeConvolution pointwise = VolumeConvolution.same(1);
        reduce = child("reduce", NormalisedConv3d.ofFanOut(init, in, SCALE * width, pointwise, Activation.RELU));
        for (int k = 0; k < SCALE - 1; k++) {
            VolumeConvolution geometry = new VolumeConvolution(3, stride, 1, 1);
            branches.add(child("branch" + k, NormalisedConv3d.ofFanOut(init, width, width, geometry, Activation.RELU)));
        }
        expand = child("expand", NormalisedConv3d.ofFanOut(init, SCALE * width, out, pointwise, Activation.NONE));
        shortcut = stride != 1 || in != out
                ? child("shortcut", NormalisedConv3d.ofFanOut(init, in, out, pointwise, Activation.NONE))
                : null;
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor narrow = reduce.forward(x);
        List<Tensor> parts = new ArrayList<>();
        for (int k = 0; k < SCALE; k++) {
            Tensor split = Shapes.channels(narrow, (long) k * width, (long) (k + 1) * width);
            if (k == SCALE - 1) {
                parts.add(first ? VolumePooling.average(split, 3, stride, 1) : split);
            } else {
                boolean alone = first || k == 0;
                parts.add(branches.get(k).forward(alone ? split : Arithmetic.add(parts.get(k - 1), split)));
            }
        }
        Tensor result = expand.forward(Shapes.concat(parts));
        return Activations.relu(Arithmetic.add(result, residual(x)));
    }

    private Tensor residual(Tensor x) {
        if (shortcut == null) {
            return x;
        }
        return shortcut.forward(stride == 1 ? x : VolumePooling.average(x, stride, stride, 0));
    }
}
