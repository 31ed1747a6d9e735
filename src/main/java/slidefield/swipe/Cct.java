package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.LayerNorm;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Pooling;
import slidefield.nn.Resampling;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * The compact convolutional transformer (Hassani et al. 2021, "Escaping the Big Data Paradigm with Compact Transformers") in
 * place of SwIPE's encoder (Table 3, right, row 1), as in the released code: five 3 x 3 convolutions, each with batch norm,
 * ReLU and a halving by pooling, make tokens of 1/32 of the image's size; with sinusoidal positions they go through the
 * transformer and are the patch embeddings. Their mean with weights that a linear layer gives, after a last norm, is z^I.
 */
final class Cct extends ImageEncoder {
    private final int channels;
    private final int patch;
    private final List<NormalisedConvolution> convolutions = new ArrayList<>();
    private final Sequential layers;
    private final LayerNorm norm;
    private final PointwiseLinear weigh;

    /**
     * @param init source of the initial values
     * @param options sizes
     * @param patch S, pixels
     */
    Cct(Init init, CctOptions options, int patch) {
        this.channels = options.channels();
        this.patch = patch;
        int in = 3;
        for (int k = 0; k < CctOptions.CONVOLUTIONS; k++) {
            int out = k == CctOptions.CONVOLUTIONS - 1 ? channels : options.width();
            NormalisedConvolution convolution =
                    NormalisedConvolution.ofFanOut(init, in, out, Convolution.same(3), Activation.RELU);
            convolutions.add(child("convolution" + k, convolution));
            in = out;
        }
        List<CctLayer> all = new ArrayList<>();
        for (int k = 0; k < options.layers(); k++) {
            all.add(new CctLayer(init, options));
        }
        layers = child("layers", new Sequential(all));
        norm = child("norm", new LayerNorm(init, channels, CctLayer.EPSILON));
        weigh = child("weigh", CctLayer.linear(init, channels, 1));
    }

    /** The patch embeddings alone. */
    @Override
    public Tensor forward(Tensor x) {
        return embeddings(x).patches();
    }

    @Override
    Embeddings embeddings(Tensor x) {
        Tensor map = x;
        for (NormalisedConvolution convolution : convolutions) {
            map = Pooling.max(convolution.forward(map), 3, 2, 1);
        }
        int images = Math.toIntExact(map.size(0));
        int tokens = Math.toIntExact(map.size(1) * map.size(2));
        int[] positions = new int[images * tokens];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i % tokens;
        }
        Tensor rows = Shapes.reshape(map, positions.length, channels);
        Tensor placed = Shapes.reshape(SinusoidalPositions.added(rows, positions), images, tokens, channels);
        Tensor seen = layers.forward(placed);
        Tensor patches = Shapes.reshape(seen, map.shape());
        return new Embeddings(
                Resampling.bilinear(patches, x.size(1) / patch, x.size(2) / patch, false),
                pooled(norm.forward(seen)),
                null);
    }

    /** Sequence pooling: N x T x C to N x C. */
    private Tensor pooled(Tensor tokens) {
        long images = tokens.size(0);
        long count = tokens.size(1);
        Tensor shares = Activations.softmax(Shapes.reshape(weigh.forward(tokens), images, count));
        Tensor share = Shapes.reshape(shares, images, count, 1);
        Tensor weighted = Arithmetic.multiply(tokens, MultiStageEmbeddingAttention.spread(share, 0, channels));
        Tensor means = Pooling.global(Shapes.reshape(weighted, images, count, 1, channels));
        return Arithmetic.scale(means, count);
    }
}
