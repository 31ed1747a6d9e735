package slidefield.nic;

import java.util.List;
import java.util.Map;

/**
 * The presets of the encoders of synthetic images (Tellez et al. 2019, section 4.1.5 and appendix): the paper's small networks,
 * trained as its large ones are, with one million pairs of patches in all, of which seven tenths are to learn from as seven tenths of
 * the images are. Epochs and patience are choices as there.
 */
final class DigitEncoderPresets {
    private static final int PAIRS = 700_000;
    private static final int VALIDATION_PAIRS = 300_000;

    /** Digits to learn from, of MNIST's 60,000; the others validate. */
    private static final int DIGITS = 48_000;

    private static final int VALIDATION_DIGITS = 12_000;

    /** C. */
    private static final int CODE = 16;

    /** Values between codes and classes. */
    private static final int WIDTH = 256;

    /** Values of each of the discriminator's dense layers, and their dropout. */
    private static final int DISCRIMINATOR = 128;

    private static final double DROPOUT = 0.5;

    private DigitEncoderPresets() {}

    /** @param paper the presets of the paper's encoders of slides by name */
    static List<EncoderSettings> from(Map<String, EncoderSettings> paper) {
        double gamma = ((VaeObjective) paper.get("vae").objective()).gamma();
        return List.of(
                // both patches of every pair, one by one
                preset(
                        "vae-digits",
                        StridedEncoderOptions.synthetic(EncoderMethod.VAE, CODE),
                        new VaeObjective(gamma, CodeDecoderOptions.syntheticVae()),
                        new EncoderPatchOptions(1, 2 * PAIRS, 2 * VALIDATION_PAIRS),
                        paper.get("vae")),
                preset(
                        "contrastive-digits",
                        StridedEncoderOptions.synthetic(EncoderMethod.CONTRASTIVE, CODE),
                        new ContrastiveObjective(WIDTH),
                        new EncoderPatchOptions(1, PAIRS, VALIDATION_PAIRS),
                        paper.get("contrastive")),
                preset(
                        "bigan-digits",
                        BiGanEncoderOptions.synthetic(CODE),
                        new BiGanObjective(CodeDecoderOptions.syntheticBiGan(), DISCRIMINATOR, DROPOUT),
                        new EncoderPatchOptions(1, 2 * PAIRS, 0),
                        paper.get("bigan")),
                preset(
                        "supervised-digits",
                        StridedEncoderOptions.synthetic(EncoderMethod.SUPERVISED, CODE),
                        new SupervisedObjective(WIDTH, Digits.CLASSES),
                        new EncoderPatchOptions(1, DIGITS, VALIDATION_DIGITS),
                        paper.get("supervised")));
    }

    /** Trained as another is. */
    private static EncoderSettings preset(
            String name,
            EncoderOptions encoder,
            EncoderObjective objective,
            EncoderPatchOptions patches,
            EncoderSettings other) {
        PatchAugmentation varied = PatchAugmentation.digits(encoder.patch());
        return new EncoderSettings(name, 0, encoder, objective, patches, varied, other.training());
    }
}
