package slidefield.nn;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.TransformerKernels;

/**
 * Multi-head self-attention (Vaswani et al. 2017, section 3.2.2): queries, keys and values are linear in the tokens,
 * every head mixes the values of its channels by softmax(q k^T / sqrt(C / heads)), and a last linear layer joins the
 * heads. N x T x C (images, tokens, channels) to the same shape.
 */
public final class Attention extends Module {
    private final int heads;
    private final PointwiseLinear query;
    private final PointwiseLinear key;
    private final PointwiseLinear value;
    private final PointwiseLinear out;

    /**
     * Four linear layers with bias, with PyTorch's default initial values.
     *
     * @param init source of the initial values
     * @param channels C
     * @param heads C is a multiple of it
     */
    public Attention(Init init, int channels, int heads) {
        this(init, channels, heads, true);
    }

    /**
     * Four linear layers, with PyTorch's default initial values.
     *
     * @param init source of the initial values
     * @param channels C
     * @param heads C is a multiple of it
     * @param bias whether queries, keys and values have one; the last layer always has
     */
    public Attention(Init init, int channels, int heads, boolean bias) {
        if (heads < 1 || channels < 1 || channels % heads != 0) {
            throw new IllegalArgumentException(
                    "attention: channels must be a multiple of the heads, found " + channels + " and " + heads);
        }
        this.heads = heads;
        query = child("query", linear(init, channels, bias));
        key = child("key", linear(init, channels, bias));
        value = child("value", linear(init, channels, bias));
        out = child("out", linear(init, channels, true));
    }

    private static PointwiseLinear linear(Init init, int channels, boolean bias) {
        return new PointwiseLinear(init, channels, channels, bias, Activation.NONE);
    }

    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    /**
     * @param x N x T x C
     * @param addend added to the result (a residual connection), N x T x C, or null
     * @return N x T x C
     */
    public Tensor forward(Tensor x, Tensor addend) {
        Shapes.require(x.shape().length == 3, "tokens of N x T x C", x.shape());
        DataType type = x.tape().engine().type();
        Tensor q = Arithmetic.cast(query.forward(x), type);
        Tensor k = Arithmetic.cast(key.forward(x), type);
        Tensor v = Arithmetic.cast(value.forward(x), type);
        return out.forward(Arithmetic.cast(attend(q, k, v, heads), x.type()), addend);
    }

    /**
     * The part without parameters.
     *
     * @param q queries, N x T x C
     * @param k keys, N x T x C
     * @param v values, N x T x C
     * @param heads C is a multiple of it
     * @return N x T x C
     */
    static Tensor attend(Tensor q, Tensor k, Tensor v, int heads) {
        for (Tensor other : List.of(k, v)) {
            Shapes.require(
                    Arrays.equals(other.shape(), q.shape()), "the shape " + Shapes.text(q.shape()), other.shape());
        }
        Tape tape = q.tape();
        TransformerKernels kernels = tape.kernels().transformer();
        INDArray p = tape.allocate(q.size(0), heads, q.size(1), q.size(1));
        INDArray y = tape.allocate(q.shape());
        kernels.attention(heads, q.value(), k.value(), v.value(), p, y);
        tape.countMultiplyAdds(2 * y.length() * q.size(1));
        return tape.node(y, List.of(q, k, v), g -> {
            INDArray gq = Convolutions.gradientOf(q);
            INDArray gk = Convolutions.gradientOf(k);
            INDArray gv = Convolutions.gradientOf(v);
            kernels.attentionGradients(heads, q.value(), k.value(), v.value(), p, g, gq, gk, gv);
            tape.recycle(g);
            Convolutions.accumulate(q, gq);
            Convolutions.accumulate(k, gk);
            Convolutions.accumulate(v, gv);
        });
    }
}
