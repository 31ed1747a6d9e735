package slidefield.patch;

import slidefield.fit.Seeds;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Attention;
import slidefield.nn.Dropout;
import slidefield.nn.Init;
import slidefield.nn.LayerNorm;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * A layer of the vision transformer (Dosovitskiy et al. 2021, eq. 2 and 3): x + attention(norm(x)), and to that its
 * perceptron(norm(.)). N x T x C (images, tokens, channels) to the same shape.
 */
final class TransformerLayer extends Module {
    static final double EPSILON = 1e-6;
    /** Deviation of the perceptron's first biases, in the authors' code. */
    private static final double BIAS = 1e-6;

    private final LayerNorm attentionNorm;
    private final Attention attention;
    private final LayerNorm mlpNorm;
    private final PointwiseLinear widen;
    private final Dropout widenDropout;
    private final PointwiseLinear narrow;
    private final Dropout narrowDropout;

    /**
     * @param init source of the initial values
     * @param options channels, heads, perceptron and dropout
     * @param seed of what is dropped
     */
    TransformerLayer(Init init, TransUNetOptions options, long seed) {
        int hidden = options.hidden();
        attentionNorm = child("attention_norm", new LayerNorm(init, hidden, EPSILON));
        attention = child("attention", new Attention(init, hidden, options.heads()));
        mlpNorm = child("mlp_norm", new LayerNorm(init, hidden, EPSILON));
        widen = child("widen", linear(init, hidden, options.mlp()));
        widenDropout = child("widen_dropout", new Dropout(init, options.dropout(), Seeds.derive(seed, "widen")));
        narrow = child("narrow", linear(init, options.mlp(), hidden));
        narrowDropout = child("narrow_dropout", new Dropout(init, options.dropout(), Seeds.derive(seed, "narrow")));
    }

    /** Xavier's initial values (Glorot and Bengio 2010), as in the authors' code. */
    private static PointwiseLinear linear(Init init, int in, int out) {
        return new PointwiseLinear(
                init.uniform(Math.sqrt(6.0 / (in + out)), in, out), init.normal(BIAS, out), Activation.NONE);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor seen = attention.forward(attentionNorm.forward(x), x);
        Tensor wide = widenDropout.forward(Activations.gelu(widen.forward(mlpNorm.forward(seen))));
        return Arithmetic.add(seen, narrowDropout.forward(narrow.forward(wide)));
    }
}
