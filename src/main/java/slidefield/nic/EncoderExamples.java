package slidefield.nic;

import java.util.List;

/**
 * What an encoder, or what judges its codes, learns from: patches, pairs of patches or codes, by number.
 *
 * <p>Holds nothing that changes: safe to use from several threads at once.
 */
public interface EncoderExamples {
    /** How many there are. */
    int count();

    /**
     * Some of them as networks take them.
     *
     * @param chosen their numbers
     * @param augmentation how patches are varied, each by itself
     * @param seed of the variation
     */
    EncoderBatch batch(List<Integer> chosen, PatchAugmentation augmentation, long seed);
}
