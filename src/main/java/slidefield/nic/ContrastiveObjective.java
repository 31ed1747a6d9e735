package slidefield.nic;

import slidefield.fit.Check;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Init;

/**
 * Contrastive training ({@link SiameseNetwork}).
 *
 * <p>Immutable: thread-safe.
 *
 * @param width values between the codes of a pair and its logit, 256 in the paper
 */
public record ContrastiveObjective(int width) implements EncoderObjective {
    /** @throws IllegalArgumentException if the width is out of range */
    public ContrastiveObjective {
        Check.between("width", width, 1, 65536);
    }

    @Override
    public void require(EncoderOptions encoder) {
        EncoderObjective.strided(encoder, EncoderMethod.CONTRASTIVE);
    }

    @Override
    public Wants wants() {
        return Wants.PAIRS;
    }

    @Override
    public EncoderLearner learner(EncoderOptions encoder, Engine engine, AdamOptions adam, long seed) {
        SiameseNetwork network = new SiameseNetwork(
                EncoderObjective.strided(encoder, EncoderMethod.CONTRASTIVE), width, new Init(engine.type(), seed));
        return new ClassLearner(engine, network, network.encoder(), adam);
    }
}
