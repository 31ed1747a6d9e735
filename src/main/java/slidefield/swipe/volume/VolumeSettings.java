package slidefield.swipe.volume;

import java.nio.file.Path;
import java.util.List;
import slidefield.fit.YamlOptions;
import slidefield.fit.YamlSettings;
import slidefield.io.InputException;
import slidefield.swipe.PoolOptions;
import slidefield.swipe.SwipeLossOptions;
import slidefield.swipe.SwipeOptimisation;

/**
 * Everything that decides a volume network's run besides its volumes. Immutable, YAML in a run folder.
 *
 * @param preset the preset it began from
 * @param seed of every random choice, the dealing of the volumes to the splits among them
 * @param volume which network, and its sizes
 * @param scaling how volumes are made alike
 * @param points which points of a volume are sampled beforehand, for SwIPE
 * @param augmentation how training crops are varied
 * @param loss what is minimised; a U-Net takes the form of its Dice alone
 * @param optimisation rate and its floor, moments
 * @param training how long, and from how much at once
 * @param prediction how whole volumes are answered, those of the validation among them
 */
public record VolumeSettings(
        String preset,
        long seed,
        VolumeNetworkOptions volume,
        VolumeScalingOptions scaling,
        PoolOptions points,
        VolumeAugmentationOptions augmentation,
        SwipeLossOptions loss,
        SwipeOptimisation optimisation,
        VolumeTrainingOptions training,
        VolumePredictionOptions prediction)
        implements YamlSettings<VolumeSettings> {
    private static final YamlOptions<VolumeSettings> YAML =
            new YamlOptions<>(VolumeSettings.class, "optimisation.epochs=40");

    /** @throws IllegalArgumentException if a part is missing or two parts do not fit each other */
    public VolumeSettings {
        if (volume == null
                || scaling == null
                || points == null
                || augmentation == null
                || loss == null
                || optimisation == null
                || training == null
                || prediction == null) {
            throw new IllegalArgumentException("settings need volume, scaling, points, augmentation, loss,"
                    + " optimisation, training and prediction");
        }
        int multiple = volume.sizeMultiple();
        for (int along : training.crop()) {
            if (along % multiple != 0) {
                throw new IllegalArgumentException(
                        "training.crop must be multiples of " + multiple + " for this network, got " + training.crop());
            }
        }
        int coarsest = volume.coarsest();
        if (training.batch() == 1 && training.crop().stream().allMatch(along -> along == coarsest)) {
            throw new IllegalArgumentException("training.batch must be at least 2, or training.crop larger than "
                    + coarsest + ": batch normalisation learns nothing of a single value");
        }
    }

    /** The names of the presets. */
    public static List<String> presets() {
        return VolumePresets.names();
    }

    /**
     * A preset.
     *
     * @param name paper or unet-paper (13 organs in CT), teaching or unet-teaching (a small MR, two cores)
     * @throws InputException for any other name; lists those that there are
     */
    public static VolumeSettings preset(String name) {
        return VolumePresets.of(name);
    }

    @Override
    public VolumeSettings withSeed(long other) {
        return new VolumeSettings(
                preset, other, volume, scaling, points, augmentation, loss, optimisation, training, prediction);
    }

    @Override
    public YamlOptions<VolumeSettings> yaml() {
        return YAML;
    }

    /**
     * Reads settings.
     *
     * @throws InputException if the file is missing, not YAML, or holds an unknown or impossible option; names it
     */
    public static VolumeSettings read(Path file) {
        return YAML.read(file);
    }
}
