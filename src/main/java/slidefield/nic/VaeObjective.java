package slidefield.nic;

import slidefield.fit.Check;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Init;

/**
 * A variational autoencoder ({@link VaeLoss}).
 *
 * <p>Immutable: thread-safe.
 *
 * @param gamma weight of the divergence, 5e-5 in the paper
 * @param decoder sizes of the decoder
 */
public record VaeObjective(double gamma, CodeDecoderOptions decoder) implements EncoderObjective {
    /** @throws IllegalArgumentException if an option is out of range or missing */
    public VaeObjective {
        Check.atLeast("gamma", gamma, 0);
        if (decoder == null) {
            throw new IllegalArgumentException("decoder is missing: give side, channels, widths");
        }
    }

    @Override
    public void require(EncoderOptions encoder) {
        decoder.requirePatch(
                "objective.decoder",
                EncoderObjective.strided(encoder, EncoderMethod.VAE).patch());
    }

    @Override
    public Wants wants() {
        return Wants.PATCHES;
    }

    @Override
    public EncoderLearner learner(EncoderOptions encoder, Engine engine, AdamOptions adam, long seed) {
        StridedEncoderOptions options = EncoderObjective.strided(encoder, EncoderMethod.VAE);
        Init init = new Init(engine.type(), seed);
        VaeEncoder vae = new VaeEncoder(options, init);
        CodeDecoder painter = new CodeDecoder(decoder, options.code(), options.patch(), options.colours(), init);
        return new VaeLearner(engine, vae, painter, gamma, adam);
    }
}
