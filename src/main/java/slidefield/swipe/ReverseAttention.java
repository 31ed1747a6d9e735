package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Resampling;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * PraNet's reverse attention (Fan et al. 2020, section 2.2): a map, with what a coarser answer takes for foreground erased by
 * the factor 1 - sigmoid(answer), says what is to be added to that answer.
 */
final class ReverseAttention extends Module {
    private final int channels;
    private final Sequential look;

    /**
     * @param init source of the initial values
     * @param in channels I of the map
     * @param wide channels of the convolutions
     * @param taps of the wide convolutions, along both axes
     * @param depth how many of these there are
     * @param outTaps of the last convolution, along both axes
     */
    ReverseAttention(Init init, int in, int wide, int taps, int depth, int outTaps) {
        channels = in;
        List<Module> layers = new ArrayList<>();
        layers.add(layer(init, in, wide, 1, Activation.NONE));
        for (int k = 0; k < depth; k++) {
            layers.add(layer(init, wide, wide, taps, Activation.RELU));
        }
        layers.add(layer(init, wide, 1, outTaps, Activation.NONE));
        look = child("look", new Sequential(layers));
    }

    private static NormalisedConvolution layer(Init init, int in, int out, int taps, Activation activation) {
        return new NormalisedConvolution(init, in, out, Convolution.same(taps), activation);
    }

    /**
     * @param map N x h x w x I
     * @param logits the coarser answer, N x h' x w' x 1
     * @return a better answer, N x h x w x 1
     */
    Tensor refine(Tensor map, Tensor logits) {
        Tensor before = Resampling.bilinear(logits, map.size(1), map.size(2), false);
        // 1 - sigmoid(x) = sigmoid(-x)
        Tensor rest = Activations.sigmoid(Arithmetic.scale(before, -1));
        Tensor erased = Arithmetic.multiply(map, MultiStageEmbeddingAttention.spread(rest, 0, channels));
        return Arithmetic.add(look.forward(erased), before);
    }

    /** A map and an answer of its size side by side, N x H x W x (I + 1). */
    @Override
    public Tensor forward(Tensor x) {
        return refine(Shapes.channels(x, 0, channels), Shapes.channels(x, channels, channels + 1L));
    }
}
