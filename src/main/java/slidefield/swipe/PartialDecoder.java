package slidefield.swipe;

import java.util.List;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Resampling;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * PraNet's parallel partial decoder (Fan et al. 2020, section 2.1; after Wu et al. 2019): of three maps of C channels, each
 * coarser one, enlarged, is multiplied into the finer ones and then set beside them. Enlarging is bilinear and keeps the
 * centres of the corner pixels in place; no convolution inside has an activation.
 */
final class PartialDecoder extends Module {
    private final int channels;
    private final NormalisedConvolution coarseIntoMiddle;
    private final NormalisedConvolution coarseIntoFine;
    private final NormalisedConvolution middleIntoFine;
    private final NormalisedConvolution coarseBesideMiddle;
    private final NormalisedConvolution middleBesideFine;
    private final NormalisedConvolution joinMiddle;
    private final NormalisedConvolution joinFine;
    private final NormalisedConvolution last;
    private final PointwiseLinear out;

    /**
     * @param init source of the initial values
     * @param channels C of every map
     */
    PartialDecoder(Init init, int channels) {
        this.channels = channels;
        coarseIntoMiddle = child("coarse_into_middle", convolution(init, channels));
        coarseIntoFine = child("coarse_into_fine", convolution(init, channels));
        middleIntoFine = child("middle_into_fine", convolution(init, channels));
        coarseBesideMiddle = child("coarse_beside_middle", convolution(init, channels));
        middleBesideFine = child("middle_beside_fine", convolution(init, 2 * channels));
        joinMiddle = child("join_middle", convolution(init, 2 * channels));
        joinFine = child("join_fine", convolution(init, 3 * channels));
        last = child("last", convolution(init, 3 * channels));
        out = child("out", new PointwiseLinear(init, 3 * channels, 1, true, Activation.NONE));
    }

    private static NormalisedConvolution convolution(Init init, int channels) {
        return new NormalisedConvolution(init, channels, channels, Convolution.same(3), Activation.NONE);
    }

    /**
     * @param fine N x 4h x 4w x C
     * @param middle N x 2h x 2w x C
     * @param coarse N x h x w x C
     * @return logits, N x 4h x 4w x 1
     */
    Tensor decode(Tensor fine, Tensor middle, Tensor coarse) {
        Tensor coarseAtMiddle = enlarged(coarse, middle);
        Tensor middleAtFine = enlarged(middle, fine);
        Tensor coarseAtFine = enlarged(coarseAtMiddle, fine);
        Tensor seenMiddle = Arithmetic.multiply(coarseIntoMiddle.forward(coarseAtMiddle), middle);
        Tensor seenFine = Arithmetic.multiply(
                Arithmetic.multiply(coarseIntoFine.forward(coarseAtFine), middleIntoFine.forward(middleAtFine)), fine);
        Tensor both =
                joinMiddle.forward(Shapes.concat(List.of(seenMiddle, coarseBesideMiddle.forward(coarseAtMiddle))));
        Tensor all = joinFine.forward(Shapes.concat(List.of(seenFine, middleBesideFine.forward(enlarged(both, fine)))));
        return out.forward(last.forward(all));
    }

    private static Tensor enlarged(Tensor x, Tensor like) {
        return Resampling.bilinear(x, like.size(1), like.size(2), true);
    }

    /** Three maps of one size side by side, the fine one first: N x H x W x 3 C. */
    @Override
    public Tensor forward(Tensor x) {
        return decode(part(x, 0), part(x, 1), part(x, 2));
    }

    private Tensor part(Tensor x, int k) {
        return Shapes.channels(x, (long) k * channels, (long) (k + 1) * channels);
    }
}
