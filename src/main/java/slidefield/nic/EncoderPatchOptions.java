package slidefield.nic;

import slidefield.fit.Check;

/**
 * How many patches an encoder learns from, and how coarse they are.
 *
 * <p>Immutable: thread-safe.
 *
 * @param scale pixels of Base per pixel of a patch along an axis: where Base is 0.25 um, 2 is the paper's 0.5 um
 * @param training patches, or pairs, to learn from
 * @param validation patches, or pairs, that the best weights are chosen by; a BiGAN has none
 * @param labels what supervised training learns; the others need no labels
 */
public record EncoderPatchOptions(int scale, int training, int validation, PatchLabels labels) {
    /** @throws IllegalArgumentException if a number is out of range */
    public EncoderPatchOptions {
        Check.between("scale", scale, 1, 1024);
        Check.between("training", training, 2, 100_000_000);
        Check.between("validation", validation, 0, 100_000_000);
        if (labels == null) {
            throw new IllegalArgumentException("labels must be tumour or tissue");
        }
    }

    /** Patches that are labelled, if at all, by whether they are tumour. */
    public EncoderPatchOptions(int scale, int training, int validation) {
        this(scale, training, validation, PatchLabels.TUMOUR);
    }
}
