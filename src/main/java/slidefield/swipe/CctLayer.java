package slidefield.swipe;

import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Attention;
import slidefield.nn.Init;
import slidefield.nn.LayerNorm;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * A layer of the compact transformer (Hassani et al. 2021), whose second norm is in the stream and not beside it: y =
 * norm(x + attention(norm(x))), and y plus its perceptron. Without the authors' dropout, whose rates are not released.
 * N x T x C to the same shape.
 */
final class CctLayer extends Module {
    static final double EPSILON = 1e-5;
    private static final double DEVIATION = 0.02;
    private static final double BOUND = 2;

    private final LayerNorm attentionNorm;
    private final Attention attention;
    private final LayerNorm norm;
    private final PointwiseLinear widen;
    private final PointwiseLinear narrow;

    CctLayer(Init init, CctOptions options) {
        int channels = options.channels();
        attentionNorm = child("attention_norm", new LayerNorm(init, channels, EPSILON));
        attention = child("attention", new Attention(init, channels, options.heads(), false));
        norm = child("norm", new LayerNorm(init, channels, EPSILON));
        widen = child("widen", linear(init, channels, options.mlp()));
        narrow = child("narrow", linear(init, options.mlp(), channels));
    }

    /** The authors' initial values: normal with deviation 0.02, bias 0. */
    static PointwiseLinear linear(Init init, int in, int out) {
        return new PointwiseLinear(init.truncatedNormal(DEVIATION, BOUND, in, out), init.zeros(out), Activation.NONE);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor seen = norm.forward(attention.forward(attentionNorm.forward(x), x));
        return Arithmetic.add(seen, narrow.forward(Activations.gelu(widen.forward(seen))));
    }
}
