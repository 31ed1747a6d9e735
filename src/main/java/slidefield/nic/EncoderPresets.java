package slidefield.nic;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import slidefield.fit.PlateauSchedule;
import slidefield.io.InputException;

/**
 * The presets by name. Those of the paper have its networks, numbers of patches and rates; epochs and patience are choices, the
 * augmentation's ranges too. Those for teaching have patches of 64 pixels and take a minute or two on one core; their rates and
 * ranges were chosen by validation patches of breast tissue: after so few steps, contrastive training with the paper's rate or with
 * strong variation still guesses, and a BiGAN at 2e-4 tells less than the mean of colours.
 */
final class EncoderPresets {
    /** Steps of the paper's BiGAN; it says epochs. */
    private static final int BIGAN_STEPS = 200_000;

    /** At most so many epochs of the paper's sizes. */
    private static final int EPOCHS = 200;

    /** Classes of the paper's rectum; another manifest's number is set with objective.classes. */
    private static final int TISSUES = 9;

    private static final int WIDTH = 256;
    private static final double GAMMA = 5e-5;

    private static final Map<String, EncoderSettings> ALL = new TreeMap<>(Map.of(
            "vae", vae(),
            "vae-teaching", vaeTeaching(),
            "contrastive", contrastive(),
            "contrastive-teaching", contrastiveTeaching(),
            "bigan", biGan(),
            "bigan-teaching", biGanTeaching(),
            "supervised", supervised(),
            "supervised-teaching", supervisedTeaching(),
            "supervised-tissue", supervisedTissue(),
            "supervised-tissue-teaching", supervisedTissueTeaching()));

    static {
        DigitEncoderPresets.from(ALL).forEach(settings -> ALL.put(settings.preset(), settings));
    }

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

    /** Varied a little only. */
    private static EncoderSettings lightly(EncoderSettings settings) {
        return new EncoderSettings(
                settings.preset(),
                settings.seed(),
                settings.encoder(),
                settings.objective(),
                settings.patches(),
                PatchAugmentation.light(settings.encoder().patch()),
                settings.training());
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
        return lightly(settings(
                "vae-teaching",
                StridedEncoderOptions.teaching(EncoderMethod.VAE),
                new VaeObjective(GAMMA, new CodeDecoderOptions(4, 64, List.of(48, 32, 16, 16))),
                new EncoderPatchOptions(1, 2000, 500),
                teaching(1e-3, 15)));
    }

    private static EncoderSettings contrastive() {
        return settings(
                "contrastive",
                StridedEncoderOptions.histopathology(EncoderMethod.CONTRASTIVE),
                new ContrastiveObjective(WIDTH),
                new EncoderPatchOptions(1, 50_000, 25_000),
                EncoderTrainingOptions.paper(1e-2, EPOCHS));
    }

    /** Nothing is seen of what it learns in the first epochs: the rate must not fall meanwhile. */
    private static EncoderSettings contrastiveTeaching() {
        int epochs = 10;
        return lightly(settings(
                "contrastive-teaching",
                StridedEncoderOptions.teaching(EncoderMethod.CONTRASTIVE),
                new ContrastiveObjective(64),
                new EncoderPatchOptions(1, 4000, 500),
                new EncoderTrainingOptions(32, epochs, 0, PlateauSchedule.tenths(1e-3, epochs), 0.9, 0.999)));
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
        double rate = 1e-3;
        return lightly(settings(
                "bigan-teaching",
                new BiGanEncoderOptions(64, 3, 2, 3, 32, 32),
                new BiGanObjective(new CodeDecoderOptions(4, 32, List.of(32, 32, 32)), 256, 0.2),
                new EncoderPatchOptions(1, 2000, 0),
                new EncoderTrainingOptions(
                        32, 1_000_000, 1500, new PlateauSchedule(rate, 0.1, 1, 0, rate), 0.5, 0.999)));
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
                teaching(1e-2, 15));
    }

    private static EncoderSettings supervisedTissue() {
        return settings(
                "supervised-tissue",
                StridedEncoderOptions.histopathology(EncoderMethod.SUPERVISED),
                new SupervisedObjective(WIDTH, TISSUES),
                new EncoderPatchOptions(1, 131_000, 8_000, PatchLabels.TISSUE),
                EncoderTrainingOptions.paper(1e-2, EPOCHS));
    }

    private static EncoderSettings supervisedTissueTeaching() {
        return settings(
                "supervised-tissue-teaching",
                StridedEncoderOptions.teaching(EncoderMethod.SUPERVISED),
                new SupervisedObjective(64, TISSUES),
                new EncoderPatchOptions(1, 2000, 500, PatchLabels.TISSUE),
                teaching(1e-2, 15));
    }

    private static EncoderTrainingOptions teaching(double rate, int epochs) {
        return new EncoderTrainingOptions(32, epochs, 0, PlateauSchedule.tenths(rate, 3), 0.9, 0.999);
    }
}
