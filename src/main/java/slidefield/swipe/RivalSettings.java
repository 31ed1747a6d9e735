package slidefield.swipe;

import java.nio.file.Path;
import java.util.List;
import slidefield.fit.YamlOptions;
import slidefield.fit.YamlSettings;
import slidefield.io.InputException;

/**
 * Everything that decides the run of one of SwIPE's rivals besides its images. Immutable, YAML in a run folder.
 *
 * @param preset the preset it began from
 * @param seed of every random choice, the dealing of the images to the splits among them
 * @param rival which network, and its sizes
 * @param points which points of an image are sampled beforehand; a network that answers pixels learns from all of them, and
 *     only its random crops ask for such points
 * @param augmentation how training images are varied
 * @param loss what is minimised
 * @param optimisation rate and its floor, moments
 * @param training how long, and from how much at once
 * @param prediction how whole images are answered, those of the validation among them
 */
public record RivalSettings(
        String preset,
        long seed,
        RivalOptions rival,
        PoolOptions points,
        AugmentationOptions augmentation,
        RivalLossOptions loss,
        SwipeOptimisation optimisation,
        SwipeTrainingOptions training,
        SwipePredictionOptions prediction)
        implements ImageSettings, YamlSettings<RivalSettings> {
    private static final YamlOptions<RivalSettings> YAML =
            new YamlOptions<>(RivalSettings.class, "optimisation.epochs=40");

    /** @throws IllegalArgumentException if a part is missing or two parts do not fit each other */
    public RivalSettings {
        if (rival == null
                || points == null
                || augmentation == null
                || loss == null
                || optimisation == null
                || training == null
                || prediction == null) {
            throw new IllegalArgumentException(
                    "settings need rival, points, augmentation, loss, optimisation, training and prediction");
        }
        int multiple = rival.sizeMultiple();
        // a coarsest map of one pixel could not be normalised over a batch of one image
        if (training.size() % multiple != 0 || training.size() < 2 * multiple) {
            throw new IllegalArgumentException("training.size must be a multiple of " + multiple + ", at least "
                    + 2 * multiple + ", for this network, got " + training.size());
        }
        prediction.requireWindow(training.size());
        if (prediction.neighbours()) {
            throw new IllegalArgumentException("prediction.neighbours must be false: only SwIPE's points lie in patches"
                    + " that have neighbours");
        }
    }

    /** The names of the presets. */
    public static List<String> presets() {
        return RivalPresets.names();
    }

    /**
     * A preset: a network's name for the size and the training of SwIPE's paper, or with {@code -teaching} for two cores.
     *
     * @param name unet, pranet, res2unet, ossnet, iosnet, or one of these with -teaching
     * @throws InputException for any other name; lists those that there are
     */
    public static RivalSettings preset(String name) {
        return RivalPresets.of(name);
    }

    @Override
    public RivalSettings withSeed(long other) {
        return new RivalSettings(preset, other, rival, points, augmentation, loss, optimisation, training, prediction);
    }

    /** The same settings of another network. */
    public RivalSettings with(RivalOptions other) {
        return new RivalSettings(preset, seed, other, points, augmentation, loss, optimisation, training, prediction);
    }

    @Override
    public int outputs() {
        return rival.outputs();
    }

    @Override
    public String outputsRemedy(int wanted) {
        return rival.severalClasses()
                ? "set rival.outputs=" + wanted
                : "this network answers one class only: take res2unet, ossnet or iosnet, with rival.outputs=" + wanted;
    }

    @Override
    public YamlOptions<RivalSettings> yaml() {
        return YAML;
    }

    /**
     * Reads settings.
     *
     * @throws InputException if the file is missing, not YAML, or holds an unknown or impossible option; names it
     */
    public static RivalSettings read(Path file) {
        return YAML.read(file);
    }
}
