package slidefield.swipe;

import java.util.Arrays;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * A residual block of OSSNet's decoder (authors' code): two linear layers with {@link ConditionalBatchNorm}, ReLU between
 * them and after the sum with the input, which goes through a linear layer where the features differ. Points x I to points
 * x O.
 */
final class OssNetDecoderBlock extends Module {
    private final int in;
    private final PointwiseLinear first;
    private final ConditionalBatchNorm firstNorm;
    private final PointwiseLinear second;
    private final ConditionalBatchNorm secondNorm;
    /** Null where input and output have as many features. */
    private final PointwiseLinear shortcut;

    OssNetDecoderBlock(Init init, int in, OssNetOptions options) {
        this.in = in;
        int out = options.width();
        first = child("first", linear(init, in, out));
        firstNorm = child("first_norm", norm(init, options));
        second = child("second", linear(init, out, out));
        secondNorm = child("second_norm", norm(init, options));
        shortcut = in == out ? null : child("shortcut", linear(init, in, out));
    }

    private static PointwiseLinear linear(Init init, int in, int out) {
        return new PointwiseLinear(init, in, out, true, Activation.NONE);
    }

    private static ConditionalBatchNorm norm(Init init, OssNetOptions options) {
        return new ConditionalBatchNorm(init, options.width(), options.latent(), options.sharedStatistics());
    }

    /**
     * @param x points x I
     * @param latents images x L
     * @param imageOfPoint row of the latents for each point
     * @return points x O
     */
    Tensor forward(Tensor x, Tensor latents, int[] imageOfPoint) {
        Tensor hidden = Activations.relu(firstNorm.forward(first.forward(x), latents, imageOfPoint));
        Tensor result = secondNorm.forward(second.forward(hidden), latents, imageOfPoint);
        return Activations.relu(Arithmetic.add(result, shortcut == null ? x : shortcut.forward(x)));
    }

    /** A latent vector beside each point, points x (I + L). */
    @Override
    public Tensor forward(Tensor x) {
        int[] own = new int[Math.toIntExact(x.size(0))];
        Arrays.setAll(own, i -> i);
        return forward(Shapes.channels(x, 0, in), Shapes.channels(x, in, x.size(1)), own);
    }
}
