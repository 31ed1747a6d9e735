package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.BatchNorm;
import slidefield.nn.Convolutions;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * Multi-stage embedding attention, MEA (section 2.1): at every patch, weights of the four scales w = softmax(MLP_1(cat_n
 * MLP_0(e_n))), and the embedding z^P = MLP_2(sum_n e_n + sum_n w_n e_n). MLP_0 is one layer with batch norm and ReLU, the
 * same for all scales; MLP_2 is an option.
 */
public final class MultiStageEmbeddingAttention extends Module {
    private final int channels;
    private final PointwiseLinear squeeze;
    private final BatchNorm squeezeNorm;
    private final PointwiseLinear weigh;
    /** MLP_2's normalisation and layer; both null without it. */
    private final BatchNorm outNorm;

    private final PointwiseLinear out;

    /**
     * @param embeddings z^P, N x h x w x C
     * @param weights of the scales from fine to coarse, N x h x w x 4, each patch's sum to 1
     */
    public record Attended(Tensor embeddings, Tensor weights) {}

    /**
     * @param init source of the initial values
     * @param channels C of an embedding
     * @param squeezed channels that MLP_0 leaves
     * @param outputLayer whether there is an MLP_2
     */
    public MultiStageEmbeddingAttention(Init init, int channels, int squeezed, boolean outputLayer) {
        this.channels = channels;
        squeeze = child("squeeze", new PointwiseLinear(init, channels, squeezed, true, Activation.NONE));
        squeezeNorm = child("squeeze_norm", NormalisedConvolution.norm(init, squeezed, Activation.RELU));
        int scales = BackboneOptions.STAGES;
        weigh = child("weigh", new PointwiseLinear(init, scales * squeezed, scales, true, Activation.NONE));
        if (outputLayer) {
            outNorm = child("out_norm", NormalisedConvolution.norm(init, channels, Activation.RELU));
            out = child("out", new PointwiseLinear(init, channels, channels, true, Activation.NONE));
        } else {
            outNorm = null;
            out = null;
        }
    }

    /**
     * @param scales the embeddings e_2 to e_5, each N x h x w x C
     * @return z^P and w
     */
    public Attended attend(List<Tensor> scales) {
        List<Tensor> squeezed = new ArrayList<>();
        for (Tensor scale : scales) {
            squeezed.add(squeezeNorm.forward(squeeze.forward(scale)));
        }
        Tensor weights = Activations.softmax(weigh.forward(Shapes.concat(squeezed)));
        Tensor sum = null;
        for (int n = 0; n < scales.size(); n++) {
            // z = sum of (1 + w_n) e_n
            Tensor weighted = Arithmetic.multiply(scales.get(n), spread(weights, n, channels));
            Tensor both = Arithmetic.add(scales.get(n), weighted);
            sum = sum == null ? both : Arithmetic.add(sum, both);
        }
        return new Attended(out == null ? sum : out.forward(outNorm.forward(sum)), weights);
    }

    /**
     * One channel's value in every channel: a product with a matrix whose n-th row is 1 and whose others are 0.
     *
     * @param x ... x W
     * @param n the channel
     * @param channels C
     * @return ... x C
     */
    static Tensor spread(Tensor x, int n, int channels) {
        Tape tape = x.tape();
        INDArray copies = tape.allocate(x.size(-1), channels);
        for (int row = 0; row < copies.rows(); row++) {
            copies.getRow(row).assign(row == n ? 1 : 0);
        }
        return Convolutions.pointwise(x, tape.constant(copies), null, null, Activation.NONE);
    }

    /** The four scales side by side, N x h x w x 4 C; the embeddings alone. */
    @Override
    public Tensor forward(Tensor x) {
        return attend(scales(x, channels)).embeddings();
    }

    /** Four scales from side by side. */
    static List<Tensor> scales(Tensor x, int channels) {
        List<Tensor> scales = new ArrayList<>();
        for (int n = 0; n < BackboneOptions.STAGES; n++) {
            scales.add(Shapes.channels(x, (long) n * channels, (long) (n + 1) * channels));
        }
        return scales;
    }
}
