package slidefield.swipe;

import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Resampling;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * A step up of {@link Res2UNet}: the coarser map, enlarged bilinearly with the centres of the corner pixels in place, and the
 * backbone's map beside it are brought to O channels by 1 x 1 convolutions and added, with a ReLU; a 3 x 3 convolution follows.
 */
final class UpJoin extends Module {
    private final int coarseChannels;
    private final NormalisedConvolution coarse;
    private final NormalisedConvolution beside;
    private final NormalisedConvolution join;

    /**
     * @param init source of the initial values
     * @param coarseChannels of the coarser map, I
     * @param besideChannels of the backbone's map, J
     * @param out channels O
     */
    UpJoin(Init init, int coarseChannels, int besideChannels, int out) {
        this.coarseChannels = coarseChannels;
        Convolution pointwise = new Convolution(1, 1, 1, 0);
        coarse = child("coarse", new NormalisedConvolution(init, coarseChannels, out, pointwise, Activation.NONE));
        beside = child("beside", new NormalisedConvolution(init, besideChannels, out, pointwise, Activation.NONE));
        join = child("join", new NormalisedConvolution(init, out, out, Convolution.same(3), Activation.RELU));
    }

    /**
     * @param coarser N x h x w x I
     * @param side N x H x W x J
     * @return N x H x W x O
     */
    Tensor join(Tensor coarser, Tensor side) {
        Tensor larger = Resampling.bilinear(coarser, side.size(1), side.size(2), true);
        return join.forward(Activations.relu(Arithmetic.add(coarse.forward(larger), beside.forward(side))));
    }

    /** Both maps of one size side by side, N x H x W x (I + J). */
    @Override
    public Tensor forward(Tensor x) {
        return join(Shapes.channels(x, 0, coarseChannels), Shapes.channels(x, coarseChannels, x.size(-1)));
    }
}
