package slidefield.swipe;

import java.nio.file.Path;
import java.util.List;
import slidefield.fit.YamlOptions;
import slidefield.fit.YamlSettings;
import slidefield.io.InputException;

/**
 * Everything that decides a SwIPE's run besides its images. Immutable, YAML in a run folder.
 *
 * @param preset the preset it began from
 * @param seed of every random choice, the dealing of the images to the splits among them
 * @param swipe sizes and switches of the network
 * @param points which points of an image are sampled beforehand
 * @param augmentation how training images are varied
 * @param loss what is minimised
 * @param optimisation rate and its floor, moments
 * @param training how long, and from how much at once
 * @param prediction how whole images are answered, those of the validation among them
 */
public record SwipeSettings(
        String preset,
        long seed,
        SwipeOptions swipe,
        PoolOptions points,
        AugmentationOptions augmentation,
        SwipeLossOptions loss,
        SwipeOptimisation optimisation,
        SwipeTrainingOptions training,
        SwipePredictionOptions prediction)
        implements ImageSettings, YamlSettings<SwipeSettings> {
    private static final YamlOptions<SwipeSettings> YAML =
            new YamlOptions<>(SwipeSettings.class, "optimisation.epochs=40");

    /** @throws IllegalArgumentException if a part is missing or two parts do not fit each other */
    public SwipeSettings {
        if (swipe == null
                || points == null
                || augmentation == null
                || loss == null
                || optimisation == null
                || training == null
                || prediction == null) {
            throw new IllegalArgumentException(
                    "settings need swipe, points, augmentation, loss, optimisation, training" + " and prediction");
        }
        int multiple = swipe.sizeMultiple();
        require(
                training.size() % multiple == 0,
                "training.size must be a multiple of " + multiple + " with patches of " + swipe.patch() + ", got "
                        + training.size());
        prediction.requireWindow(training.size());
        require(
                !swipe.decoder().source() || augmentation.crop() == 0,
                "augmentation.crop must be 0 with swipe.decoder.source=true, which takes a training image for its own"
                        + " source, got " + augmentation.crop());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The names of the presets. */
    public static List<String> presets() {
        return SwipePresets.names();
    }

    /**
     * A preset.
     *
     * @param name released (the authors' code), paper (its formulas) or teaching (two cores)
     * @throws InputException for any other name; lists those that there are
     */
    public static SwipeSettings preset(String name) {
        return SwipePresets.of(name);
    }

    @Override
    public SwipeSettings withSeed(long other) {
        return new SwipeSettings(preset, other, swipe, points, augmentation, loss, optimisation, training, prediction);
    }

    /** The same settings of another network. */
    public SwipeSettings withNetwork(SwipeOptions other) {
        return new SwipeSettings(preset, seed, other, points, augmentation, loss, optimisation, training, prediction);
    }

    @Override
    public int outputs() {
        return swipe.classes();
    }

    @Override
    public String outputsRemedy(int wanted) {
        return "set swipe.classes=" + wanted;
    }

    @Override
    public YamlOptions<SwipeSettings> yaml() {
        return YAML;
    }

    /**
     * Reads settings.
     *
     * @throws InputException if the file is missing, not YAML, or holds an unknown or impossible option; names it
     */
    public static SwipeSettings read(Path file) {
        return YAML.read(file);
    }
}
