package slidefield.nic;

import slidefield.fit.Check;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Sequential;

/**
 * Supervised training: a {@link ClassHead} upon the codes; tumour or not, tissues, digits.
 *
 * <p>Immutable: thread-safe.
 *
 * @param width values between a code and its logits, 256 in the paper
 * @param classes of the patches, at least 2; two share one logit
 */
public record SupervisedObjective(int width, int classes) implements EncoderObjective {
    /** @throws IllegalArgumentException if an option is out of range */
    public SupervisedObjective {
        Check.between("width", width, 1, 65536);
        Check.between("classes", classes, 2, 1000);
    }

    @Override
    public void require(EncoderOptions encoder) {
        EncoderObjective.strided(encoder, EncoderMethod.SUPERVISED);
    }

    @Override
    public Wants wants() {
        return Wants.LABELS;
    }

    /** Logits of so many classes. */
    static int outputs(int classes) {
        return classes == 2 ? 1 : classes;
    }

    @Override
    public EncoderLearner learner(EncoderOptions encoder, Engine engine, AdamOptions adam, long seed) {
        StridedEncoderOptions options = EncoderObjective.strided(encoder, EncoderMethod.SUPERVISED);
        Init init = new Init(engine.type(), seed);
        StridedEncoder network = new StridedEncoder(options, init);
        ClassHead head = new ClassHead(init, options.code(), width, outputs(classes));
        return new ClassLearner(engine, new Sequential(network, head), network, adam);
    }
}
