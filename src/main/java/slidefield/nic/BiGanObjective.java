package slidefield.nic;

import slidefield.fit.Check;
import slidefield.fit.Seeds;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Init;

/**
 * Adversarial training of a {@link BiGan}. Nothing is validated: the last weights are the result, as in the paper.
 *
 * <p>Immutable: thread-safe.
 *
 * @param generator sizes of the generator
 * @param width values of each of the discriminator's dense layers, 1024 in the paper
 * @param dropout in these layers, 0.5 in the paper
 */
public record BiGanObjective(CodeDecoderOptions generator, int width, double dropout) implements EncoderObjective {
    /** @throws IllegalArgumentException if an option is out of range or missing */
    public BiGanObjective {
        if (generator == null) {
            throw new IllegalArgumentException("generator is missing: give side, channels, widths");
        }
        Check.between("width", width, 1, 65536);
        Check.below("dropout", dropout, 0, 1);
    }

    @Override
    public void require(EncoderOptions encoder) {
        generator.requirePatch("objective.generator", biGan(encoder).side());
    }

    private static BiGanEncoderOptions biGan(EncoderOptions encoder) {
        if (encoder instanceof BiGanEncoderOptions options) {
            return options;
        }
        throw new IllegalArgumentException("the objective trains an encoder of the kind bigan, got " + encoder);
    }

    @Override
    public Wants wants() {
        return Wants.PATCHES;
    }

    @Override
    public boolean validates() {
        return false;
    }

    @Override
    public EncoderLearner learner(EncoderOptions encoder, Engine engine, AdamOptions adam, long seed) {
        Init init = new Init(engine.type(), seed);
        BiGan networks = new BiGan(biGan(encoder), this, init, Seeds.derive(seed, "dropout"));
        return new BiGanLearner(engine, networks, adam);
    }
}
