package slidefield.nic;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Locale;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;

/**
 * By what an encoder learns, and the sizes of what helps it to: in YAML its {@code kind} and the options of that kind.
 *
 * <p>Immutable, as every kind of it is a record: thread-safe.
 */
@JsonSubTypes({
    @JsonSubTypes.Type(value = VaeObjective.class, name = "vae"),
    @JsonSubTypes.Type(value = ContrastiveObjective.class, name = "contrastive"),
    @JsonSubTypes.Type(value = BiGanObjective.class, name = "bigan"),
    @JsonSubTypes.Type(value = SupervisedObjective.class, name = "supervised")
})
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public interface EncoderObjective {
    /** @throws IllegalArgumentException if it cannot train such an encoder; says which it can */
    void require(EncoderOptions encoder);

    /** What kind of examples it learns from. */
    Wants wants();

    /** Whether the best validation decides. */
    default boolean validates() {
        return true;
    }

    /**
     * @param encoder sizes of the encoder
     * @param engine arithmetic
     * @param adam options of the optimisers
     * @param seed of fresh weights
     * @return networks with fresh weights that can learn
     */
    EncoderLearner learner(EncoderOptions encoder, Engine engine, AdamOptions adam, long seed);

    /** Kinds of examples. */
    enum Wants {
        /** Patches of tissue. */
        PATCHES,
        /** Pairs of them. */
        PAIRS,
        /** Patches with classes. */
        LABELS
    }

    /** The encoder's options, if they are of a strided one of this method. */
    static StridedEncoderOptions strided(EncoderOptions encoder, EncoderMethod method) {
        if (encoder instanceof StridedEncoderOptions strided && strided.method() == method) {
            return strided;
        }
        throw new IllegalArgumentException("the objective trains an encoder of the kind strided with method "
                + method.name().toLowerCase(Locale.ROOT) + ", got " + encoder);
    }
}
