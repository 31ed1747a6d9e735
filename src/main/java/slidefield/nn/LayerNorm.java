package slidefield.nn;

import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.GroupNormalisation;

/**
 * Layer normalisation (Ba et al. 2016): every row along the last axis is brought to mean 0 and variance 1, then each
 * channel gets its own scale and shift. ... x C to the same shape.
 */
public final class LayerNorm extends Module {
    private final GroupNormalisation how;
    /** Scale, C values. */
    private final Parameter weight;
    /** Shift, C values. */
    private final Parameter bias;

    /**
     * Starts with scale 1 and shift 0.
     *
     * @param init gives the type; nothing is drawn
     * @param channels C
     * @param epsilon added to the variance
     */
    public LayerNorm(Init init, int channels, double epsilon) {
        how = new GroupNormalisation(1, epsilon);
        weight = parameter("weight", init.ones(channels));
        bias = parameter("bias", init.zeros(channels));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tape tape = x.tape();
        long rows = x.value().length() / x.size(-1);
        return GroupNorm.normalise(x, rows, how, tape.parameter(weight), tape.parameter(bias), null, Activation.NONE);
    }
}
