package slidefield.patch;

import java.nio.file.Path;
import java.util.List;
import slidefield.fit.YamlOptions;
import slidefield.fit.YamlSettings;
import slidefield.io.InputException;
import slidefield.nn.Precision;

/**
 * Everything that decides a patch network's run besides its slides. Immutable, YAML in a run folder.
 *
 * @param preset the preset it began from
 * @param seed of every random choice
 * @param precision what images are stored and multiplied in
 * @param network which network, and its sizes
 * @param patches which patches it learns from
 * @param augmentation how they are varied
 * @param training how it is trained
 * @param stitching how predictions are put together
 */
public record PatchSettings(
        String preset,
        long seed,
        Precision precision,
        NetworkOptions network,
        PatchOptions patches,
        Augmentation augmentation,
        PatchTrainingOptions training,
        StitchingOptions stitching)
        implements YamlSettings<PatchSettings> {
    private static final YamlOptions<PatchSettings> YAML = new YamlOptions<>(PatchSettings.class, "training.epochs=40");

    public PatchSettings {
        if (precision == null
                || network == null
                || patches == null
                || augmentation == null
                || training == null
                || stitching == null) {
            throw new IllegalArgumentException(
                    "settings need precision, network, patches, augmentation, training and stitching");
        }
        network.requireSize(patches.size());
    }

    /** The networks that there are presets of. */
    public static List<String> networks() {
        return PatchPresets.networks();
    }

    /** {@link #preset(String, String)} in the size {@code teaching}. */
    public static PatchSettings preset(String network) {
        return preset(network, "teaching");
    }

    /**
     * A preset.
     *
     * @param network unet, mrn-unet (the baseline of MRN), mrn-bilinear, mrn-transposed or transunet
     * @param size teaching (minutes on two cores) or paper
     * @throws InputException if there is none of these names; lists those that there are
     */
    public static PatchSettings preset(String network, String size) {
        return PatchPresets.of(network, size);
    }

    @Override
    public PatchSettings withSeed(long other) {
        return new PatchSettings(preset, other, precision, network, patches, augmentation, training, stitching);
    }

    /** The same settings in another precision. */
    public PatchSettings with(Precision other) {
        return new PatchSettings(preset, seed, other, network, patches, augmentation, training, stitching);
    }

    /** The same settings of another network. */
    public PatchSettings with(NetworkOptions other) {
        return new PatchSettings(preset, seed, precision, other, patches, augmentation, training, stitching);
    }

    @Override
    public YamlOptions<PatchSettings> yaml() {
        return YAML;
    }

    /**
     * Reads settings.
     *
     * @throws InputException if the file is missing, not YAML, or holds an unknown or impossible option; names it
     */
    public static PatchSettings read(Path file) {
        return YAML.read(file);
    }
}
