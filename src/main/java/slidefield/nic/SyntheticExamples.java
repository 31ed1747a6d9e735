package slidefield.nic;

import slidefield.fit.Seeds;

/**
 * What the encoders of synthetic images learn from (Tellez et al. 2019, sections 4.1.5 and 4.2): patches, or pairs of them, of the
 * images that are set aside for encoders, and single digits for the supervised one.
 *
 * <p>Never changes: thread-safe.
 *
 * @param set that draws the images
 * @param images to learn from in all, a tenth of which is for encoders
 * @param shift see {@link DigitPatches}
 */
public record SyntheticExamples(SyntheticSet set, int images, int shift) {
    /**
     * Examples to learn from.
     *
     * @param settings say what kind of examples, how many, and the seed
     */
    public EncoderExamples training(EncoderSettings settings) {
        return examples(settings, true, settings.patches().training());
    }

    /** Examples to choose the best weights by; null where these settings validate nothing. */
    public EncoderExamples validation(EncoderSettings settings) {
        return settings.objective().validates()
                ? examples(settings, false, settings.patches().validation())
                : null;
    }

    private EncoderExamples examples(EncoderSettings settings, boolean train, int count) {
        long seed = Seeds.derive(settings.seed(), "examples", Boolean.toString(train));
        SyntheticPart part = train ? SyntheticPart.encoderTraining(images) : SyntheticPart.encoderValidation(images);
        return switch (settings.objective().wants()) {
            case PATCHES -> new SyntheticPatches(set, part, seed).patches(count);
            case PAIRS -> new SyntheticPatches(set, part, seed).pairs(count);
            case LABELS -> {
                DigitPatches digits = new DigitPatches(set.digits().training(), shift, seed);
                yield train ? digits.training(count) : digits.validation(count);
            }
        };
    }
}
