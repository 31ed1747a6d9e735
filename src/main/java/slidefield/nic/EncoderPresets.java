package slidefield.nic;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slidefield.fit.PlateauSchedule;
import slidefield.io.InputException;

/**
 * The presets by name. Those of the paper have its networks, numbers of patches and rates; epochs and patience are choices, the
 * augmentation's ranges too. Those for teaching have patches of 64 pixels and take minutes on two cores. Those of digits are the
 * paper's for its synthetic images, with one million pairs of patches in all (section 4.1.5), seven tenths of them to learn from.
 */
final class EncoderPresets {
    /** Steps of the paper's BiGAN; it says epochs. */
    private static final int BIGAN_STEPS = 200_000;

    /** At most so many epochs of the paper's sizes. */
    private static final int EPOCHS = 200;

    private static final int WIDTH = 256;
    private static final double GAMMA = 5e-5;

    /** Pairs of patches of digits. */
    private static final int PAIRS = 700_000;

    private static final int VALIDATION_PAIRS = 300_000;

    /** Digits to learn from, of MNIST's 60,000; the others validate. */
    private static final int DIGITS = 48_000;

    private static final int VALIDATION_DIGITS = 12_000;

    /** C of the synthetic images. */
    private static final int CODE = 16;

    private static final Map<String, EncoderSettings> ALL = Stream.of(
                    vae(),
                    vaeTeaching(),
                    vaeDigits(),
                    contrastive(),
                    contrastiveTeaching(),
                    contrastiveDigits(),
                    biGan(),
                    biGanTeaching(),
                    biGanDigits(),
                    supervised(),
                    supervisedTeaching(),
                    supervisedDigits())
            .collect(Collectors.toMap(
                    EncoderSettings::preset, settings -> settings, (first, second) -> first, TreeMap::new));

    private EncoderPresets() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    static EncoderSettings of(String name) {
        EncoderSettings found = ALL.get(name);
        if (found == null) {
            throw new InputException("unknown preset '" + name + "'; choose one of " + String.join(", ", names()));
        }
        return found;
    }

    private static EncoderSettings settings(
            String name,
            EncoderOptions encoder,
            EncoderObjective objective,
            EncoderPatchOptions patches,
            EncoderTrainingOptions training) {
        PatchAugmentation varied = PatchAugmentation.strong(encoder.patch());
        return new EncoderSettings(name, 0, encoder, objective, patches, varied, training);
    }

    private static EncoderSettings vae() {
        return settings(
                "vae",
                StridedEncoderOptions.histopathology(EncoderMethod.VAE),
                new VaeObjective(GAMMA, CodeDecoderOptions.vae()),
                new EncoderPatchOptions(1, 100_000, 50_000),
                EncoderTrainingOptions.paper(1e-3, EPOCHS));
    }

    private static EncoderSettings vaeTeaching() {
        return settings(
                "vae-teaching",
                StridedEncoderOptions.teaching(EncoderMethod.VAE),
                new VaeObjective(GAMMA, new CodeDecoderOptions(4, 64, List.of(48, 32, 16, 16))),
                new EncoderPatchOptions(1, 2000, 500),
                teaching(1e-3));
    }

    private static EncoderSettings contrastive() {
        return settings(
                "contrastive",
                StridedEncoderOptions.histopathology(EncoderMethod.CONTRASTIVE),
                new ContrastiveObjective(WIDTH),
                new EncoderPatchOptions(1, 50_000, 25_000),
                EncoderTrainingOptions.paper(1e-2, EPOCHS));
    }

    private static EncoderSettings contrastiveTeaching() {
        return settings(
                "contrastive-teaching",
                StridedEncoderOptions.teaching(EncoderMethod.CONTRASTIVE),
                new ContrastiveObjective(64),
                new EncoderPatchOptions(1, 2000, 500),
                teaching(1e-2));
    }

    private static EncoderSettings biGan() {
        return settings(
                "bigan",
                BiGanEncoderOptions.published(),
                new BiGanObjective(CodeDecoderOptions.biGan(), 1024, 0.5),
                new EncoderPatchOptions(1, 100_000, 0),
                EncoderTrainingOptions.biGan(BIGAN_STEPS));
    }

    private static EncoderSettings biGanTeaching() {
        return settings(
                "bigan-teaching",
                new BiGanEncoderOptions(64, 3, 2, 3, 32, 32),
                new BiGanObjective(new CodeDecoderOptions(4, 32, List.of(32, 32, 32)), 128, 0.5),
                new EncoderPatchOptions(1, 2000, 0),
                EncoderTrainingOptions.biGan(600));
    }

    private static EncoderSettings supervised() {
        return settings(
                "supervised",
                StridedEncoderOptions.histopathology(EncoderMethod.SUPERVISED),
                new SupervisedObjective(WIDTH, 2),
                new EncoderPatchOptions(1, 50_000, 10_000),
                EncoderTrainingOptions.paper(1e-2, EPOCHS));
    }

    private static EncoderSettings supervisedTeaching() {
        return settings(
                "supervised-teaching",
                StridedEncoderOptions.teaching(EncoderMethod.SUPERVISED),
                new SupervisedObjective(64, 2),
                new EncoderPatchOptions(1, 2000, 500),
                teaching(1e-2));
    }

    private static EncoderTrainingOptions teaching(double rate) {
        return new EncoderTrainingOptions(32, 15, 0, PlateauSchedule.tenths(rate, 3), 0.9, 0.999);
    }

    private static EncoderSettings digits(
            String name,
            EncoderOptions encoder,
            EncoderObjective objective,
            EncoderPatchOptions patches,
            EncoderTrainingOptions training) {
        PatchAugmentation varied = PatchAugmentation.digits(encoder.patch());
        return new EncoderSettings(name, 0, encoder, objective, patches, varied, training);
    }

    /** Both patches of every pair, one by one. */
    private static EncoderSettings vaeDigits() {
        return digits(
                "vae-digits",
                StridedEncoderOptions.synthetic(EncoderMethod.VAE, CODE),
                new VaeObjective(GAMMA, CodeDecoderOptions.syntheticVae()),
                new EncoderPatchOptions(1, 2 * PAIRS, 2 * VALIDATION_PAIRS),
                EncoderTrainingOptions.paper(1e-3, EPOCHS));
    }

    private static EncoderSettings contrastiveDigits() {
        return digits(
                "contrastive-digits",
                StridedEncoderOptions.synthetic(EncoderMethod.CONTRASTIVE, CODE),
                new ContrastiveObjective(WIDTH),
                new EncoderPatchOptions(1, PAIRS, VALIDATION_PAIRS),
                EncoderTrainingOptions.paper(1e-2, EPOCHS));
    }

    private static EncoderSettings biGanDigits() {
        return digits(
                "bigan-digits",
                BiGanEncoderOptions.synthetic(CODE),
                new BiGanObjective(CodeDecoderOptions.syntheticBiGan(), 128, 0.5),
                new EncoderPatchOptions(1, 2 * PAIRS, 0),
                EncoderTrainingOptions.biGan(BIGAN_STEPS));
    }

    private static EncoderSettings supervisedDigits() {
        return digits(
                "supervised-digits",
                StridedEncoderOptions.synthetic(EncoderMethod.SUPERVISED, CODE),
                new SupervisedObjective(WIDTH, Digits.CLASSES),
                new EncoderPatchOptions(1, DIGITS, VALIDATION_DIGITS),
                EncoderTrainingOptions.paper(1e-2, EPOCHS));
    }
}
