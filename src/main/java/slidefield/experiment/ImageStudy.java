package slidefield.experiment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.data.ImageSetManifest;
import slidefield.data.Split;
import slidefield.experiment.ImageSizes.Length;
import slidefield.swipe.ImageSettings;
import slidefield.swipe.NetworkCost;
import slidefield.swipe.RivalSettings;
import slidefield.swipe.SwipeOptions;
import slidefield.swipe.SwipeSettings;
import slidefield.swipe.TrainedSwipe;

/** What the experiments of SwIPE's paper have in common: images, sizes, and the networks of their rows. */
final class ImageStudy {
    /** Presets of the rivals by their names in the paper's tables. */
    static final Map<String, String> RIVALS = Map.of(
            SwipePaper.UNET, Changes.UNET,
            SwipePaper.PRANET, "pranet",
            SwipePaper.RES2UNET, "res2unet",
            SwipePaper.OSSNET, "ossnet",
            SwipePaper.IOSNET, "iosnet");

    private static final String SWIPE_RUN = "swipe";
    private static final String STUDIED = "-study";

    private final ExperimentContext<ImageSetManifest> context;
    private final Runs runs;
    private final ImageRuns.Shared shared;
    private final SwipeRuns swipes;
    private final RivalRuns rivals;
    private final ImageSizes sizes;

    private ImageStudy(ExperimentContext<ImageSetManifest> context, Runs runs, ImageRuns.Shared shared) {
        this.context = context;
        this.runs = runs;
        this.shared = shared;
        swipes = new SwipeRuns(context, runs, shared);
        rivals = new RivalRuns(context, runs, shared);
        sizes = new ImageSizes(
                context.size(), ImageData.splits(context).get(Split.TRAIN).size(), context.changes());
    }

    /**
     * @param given images, size and changes
     * @param experiment its name
     * @param rivals the rivals in it, by the paper's names
     * @throws slidefield.io.InputException if a change would do nothing, the images do not do, or the folder holds runs
     */
    static ImageStudy of(ExperimentContext<ImageSetManifest> given, String experiment, Iterable<String> rivals) {
        Set<String> groups = new TreeSet<>(Set.of(Changes.IMAGES, Changes.SWIPE));
        rivals.forEach(rival -> groups.add(RIVALS.get(rival)));
        given.changes().require(experiment, false, groups);
        ExperimentContext<ImageSetManifest> context = ImageData.dealt(given);
        return new ImageStudy(context, new Runs(context), new ImageRuns.Shared());
    }

    /** Images with splits of their own, seeds, size. */
    ExperimentContext<ImageSetManifest> context() {
        return context;
    }

    /**
     * The same with fewer training images.
     *
     * @param share of them; 1 for all
     */
    ImageStudy annotated(double share) {
        if (share >= 1) {
            return this;
        }
        ImageSetManifest manifest = context.manifest();
        return new ImageStudy(
                context.withManifest(manifest.withSplit(manifest.split().withAnnotated(share))), runs, shared);
    }

    /** SwIPE's network before a study changes it. */
    SwipeOptions network(Length length) {
        return sizes.swipe(length).swipe();
    }

    /** Pixels along both sides of the images that SwIPE sees. */
    int pixels() {
        return sizes.swipe(Length.COMPARISON).training().size();
    }

    /** The test images in so many pixels. */
    ImageView test(String label) {
        return ImageView.ofTest(context, label, pixels(), 0);
    }

    /** SwIPE as its paper's tables have it. */
    ImageMethod swipe() {
        return swipe(SwipePaper.SWIPE, SWIPE_RUN, Length.COMPARISON, settings -> settings);
    }

    /**
     * A SwIPE that is changed.
     *
     * @param name the row's
     * @param run its runs', where it is not the SwIPE of all tables
     * @param length how long it learns
     * @param change of the settings
     */
    TrainedMethod<SwipeSettings, TrainedSwipe> swipe(
            String name, String run, Length length, UnaryOperator<SwipeSettings> change) {
        SwipeSettings settings = change.apply(sizes.swipe(length));
        int size = settings.training().size();
        int points = settings.training().points();
        return new TrainedMethod<>(
                name,
                run(SWIPE_RUN, run, settings, sizes::swipe),
                sizes.text(SwipePaper.SWIPE, settings.preset(), settings),
                swipes,
                settings::withSeed,
                () -> shared.cost(
                        List.of(settings.swipe(), size, points), () -> NetworkCost.of(settings.swipe(), size, points)),
                null);
    }

    /** Rows that come to the same training share it, whatever they are called. */
    private String run(String usual, String own, ImageSettings settings, Function<Length, ImageSettings> sized) {
        Double annotated = context.manifest().split().annotated();
        if (annotated != null && annotated < 1) {
            return own;
        }
        if (settings.equals(sized.apply(Length.COMPARISON))) {
            return usual;
        }
        return settings.equals(sized.apply(Length.STUDY)) ? usual + STUDIED : own;
    }

    /** A rival as the paper's tables have it. */
    ImageMethod rival(String name) {
        return rival(name, name, RIVALS.get(name), Length.COMPARISON, settings -> settings);
    }

    /**
     * A rival that is changed.
     *
     * @param name the row's
     * @param network its name in the paper's tables
     * @param run its runs', where it is not the rival of all tables
     * @param length how long it learns
     * @param change of the settings
     */
    ImageMethod rival(String name, String network, String run, Length length, UnaryOperator<RivalSettings> change) {
        String preset = RIVALS.get(network);
        RivalSettings settings = change.apply(sizes.rival(preset, length));
        int size = settings.training().size();
        int points = settings.training().points();
        return new TrainedMethod<>(
                name,
                run(preset, run, settings, of -> sizes.rival(preset, of)),
                sizes.text(network, settings.preset(), settings),
                rivals,
                settings::withSeed,
                () -> shared.cost(
                        List.of(settings.rival(), size, points),
                        () -> NetworkCost.of(settings.rival().build(DataType.FLOAT, 0), size, points)),
                seen -> settings.with("training.size", Integer.toString(seen)));
    }

    /** Where the numbers of some rows come from. */
    Origin origin(List<ImageMethod> methods) {
        return ImageOrigin.of(context, methods);
    }
}
