package slidefield.nic;

import java.nio.file.Path;
import java.util.List;
import slidefield.fit.YamlOptions;
import slidefield.fit.YamlSettings;
import slidefield.io.InputException;

/**
 * Everything that decides an encoder's run besides its slides. Immutable, YAML in a run folder.
 *
 * @param preset the preset it began from
 * @param seed of every random choice
 * @param encoder which network, and its sizes
 * @param objective by what it learns
 * @param patches how many patches, and how coarse
 * @param augmentation how they are varied in training; pairs in validation, too
 * @param training how it is trained
 */
public record EncoderSettings(
        String preset,
        long seed,
        EncoderOptions encoder,
        EncoderObjective objective,
        EncoderPatchOptions patches,
        PatchAugmentation augmentation,
        EncoderTrainingOptions training)
        implements YamlSettings<EncoderSettings> {
    private static final YamlOptions<EncoderSettings> YAML =
            new YamlOptions<>(EncoderSettings.class, "training.epochs=40");

    /** @throws IllegalArgumentException if a part is missing or two parts do not fit each other */
    public EncoderSettings {
        if (encoder == null || objective == null || patches == null || augmentation == null || training == null) {
            throw new IllegalArgumentException("settings need encoder, objective, patches, augmentation and training");
        }
        objective.require(encoder);
        if (objective.validates() && patches.validation() < 1) {
            throw new IllegalArgumentException(
                    "patches.validation must be at least 1: the best weights are chosen by them");
        }
    }

    /** The names of the presets. */
    public static List<String> presets() {
        return EncoderPresets.names();
    }

    /**
     * A preset: the paper's sizes and numbers, with {@code -teaching} for two cores, with {@code -digits} for synthetic images.
     *
     * @param name vae, contrastive, bigan, supervised, supervised-tissue (not with -digits), or one of these with -teaching or
     *     -digits
     * @throws InputException for any other name; lists those that there are
     */
    public static EncoderSettings preset(String name) {
        return EncoderPresets.of(name);
    }

    @Override
    public EncoderSettings withSeed(long other) {
        return new EncoderSettings(preset, other, encoder, objective, patches, augmentation, training);
    }

    @Override
    public YamlOptions<EncoderSettings> yaml() {
        return YAML;
    }

    /**
     * Reads settings.
     *
     * @throws InputException if the file is missing, not YAML, or holds an unknown or impossible option; names it
     */
    public static EncoderSettings read(Path file) {
        return YAML.read(file);
    }
}
