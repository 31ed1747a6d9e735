package slidefield.swipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import slidefield.nn.Arithmetic;
import slidefield.nn.Attention;
import slidefield.nn.BatchNorm;
import slidefield.nn.Init;
import slidefield.nn.LayerNorm;
import slidefield.nn.Module;
import slidefield.nn.Parameter;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * What takes the place of the embedding attention in Table 3, right, row 5, as in the released code: at every patch the
 * four embeddings, each through the same 1 x 1 convolution with batch norm and ReLU and with a sinusoidal position for its
 * scale, are four tokens beside a learnt one. After layer norm and one self-attention of two heads, without a residual
 * connection, a 1 x 1 convolution makes the embedding of the learnt token's answer.
 */
final class ScaleSelfAttention extends Module {
    private static final int HEADS = 2;
    private static final double EPSILON = 1e-5;
    /** Of the learnt token's first values, cut at 2 as in PyTorch's trunc_normal_. */
    private static final double DEVIATION = 0.2;

    private static final double BOUND = 2;

    private final int channels;
    private final int hidden;
    private final PointwiseLinear squeeze;
    private final BatchNorm squeezeNorm;
    /** 1 x hidden. */
    private final Parameter token;

    private final LayerNorm norm;
    private final Attention attention;
    private final PointwiseLinear out;

    /**
     * @param init source of the initial values
     * @param channels C of an embedding
     * @param hidden channels of a token, an even number
     */
    ScaleSelfAttention(Init init, int channels, int hidden) {
        this.channels = channels;
        this.hidden = hidden;
        squeeze = child("squeeze", new PointwiseLinear(init, channels, hidden, false, Activation.NONE));
        squeezeNorm = child("squeeze_norm", NormalisedConvolution.norm(init, hidden, Activation.RELU));
        token = parameter("token", init.truncatedNormal(DEVIATION, BOUND, 1, hidden));
        norm = child("norm", new LayerNorm(init, hidden, EPSILON));
        attention = child("attention", new Attention(init, hidden, HEADS, false));
        out = child("out", new PointwiseLinear(init, hidden, channels, true, Activation.NONE));
    }

    /**
     * @param scales the embeddings e_2 to e_5, each N x h x w x C
     * @return z^P, N x h x w x C
     */
    Tensor fuse(List<Tensor> scales) {
        Tensor first = scales.get(0);
        int patches = Math.toIntExact(first.value().length() / channels);
        List<Tensor> tokens = new ArrayList<>();
        Tensor learnt = Arithmetic.cast(first.tape().parameter(token), first.type());
        tokens.add(Shapes.gatherRows(learnt, new int[patches]));
        for (int n = 0; n < scales.size(); n++) {
            Tensor squeezed = squeezeNorm.forward(squeeze.forward(scales.get(n)));
            int[] scale = new int[patches];
            Arrays.fill(scale, n);
            tokens.add(SinusoidalPositions.added(Shapes.reshape(squeezed, patches, hidden), scale));
        }
        Tensor rows = Shapes.reshape(Shapes.concat(tokens), patches, tokens.size(), hidden);
        Tensor seen = attention.forward(norm.forward(rows));
        Tensor answer = Shapes.box(seen, new long[3], new long[] {patches, 1, hidden});
        return out.forward(Shapes.reshape(answer, first.size(0), first.size(1), first.size(2), hidden));
    }

    /** The four scales side by side, N x h x w x 4 C. */
    @Override
    public Tensor forward(Tensor x) {
        return fuse(MultiStageEmbeddingAttention.scales(x, channels));
    }
}
