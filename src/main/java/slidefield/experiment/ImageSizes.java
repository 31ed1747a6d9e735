package slidefield.experiment;

import java.util.List;
import java.util.Locale;
import slidefield.swipe.ImageSettings;
import slidefield.swipe.RivalSettings;
import slidefield.swipe.SwipeOptions;
import slidefield.swipe.SwipeSettings;
import slidefield.swipe.SwipeTrainingOptions;

/**
 * The settings of networks of plain images at every size; seed 0. Below the paper's size all networks are the narrow ones
 * of the teaching presets.
 *
 * @param size how much of everything
 * @param images in the training split
 * @param changes made last
 */
record ImageSizes(Size size, int images, Changes changes) {
    /** Validations of a training below the paper's size; they take longer than steps. */
    private static final int VALIDATIONS = 10;

    private static final int FEW_VALIDATIONS = 4;

    /** How long networks learn. */
    enum Length {
        /** As the tables that compare methods want it. */
        COMPARISON,
        /** For the many trainings of a study of one method. */
        STUDY,
        /** For maps with a value a patch: on images that have more patches. */
        MAPS
    }

    /**
     * SwIPE's settings. At the paper's size the network is the released one, which alone has the paper's number of
     * parameters; everything else is as the paper's text has it.
     */
    SwipeSettings swipe(Length length) {
        SwipeSettings settings = size == Size.PAPER
                ? SwipeSettings.preset("paper").withNetwork(SwipeOptions.released())
                : SwipeSettings.preset("teaching").with(shorter(length));
        List<String> wanted = changes.of(Changes.IMAGES, Changes.SWIPE);
        SwipeSettings changed = settings.with(wanted);
        return size == Size.PAPER
                ? changed
                : changed.with(validations(changed, length)).with(wanted);
    }

    /** @param network as the presets of {@link RivalSettings} have it */
    RivalSettings rival(String network, Length length) {
        RivalSettings settings = size == Size.PAPER
                ? RivalSettings.preset(network)
                : RivalSettings.preset(network + "-teaching").with(shorter(length));
        List<String> wanted = changes.of(Changes.IMAGES, network);
        RivalSettings changed = settings.with(wanted);
        return size == Size.PAPER
                ? changed
                : changed.with(validations(changed, length)).with(wanted);
    }

    private List<String> shorter(Length length) {
        if (size == Size.QUICK) {
            return List.of(
                    "training.size=" + (length == Length.MAPS ? 128 : 64),
                    "training.iterations=10",
                    "training.batch=4",
                    "training.points=100");
        }
        return switch (length) {
            case COMPARISON -> List.of("training.size=96", "training.iterations=1000");
            case STUDY -> List.of("training.size=96", "training.iterations=400");
            case MAPS -> List.of("training.size=192", "training.iterations=500");
        };
    }

    /** So many, however few images an epoch has. */
    private List<String> validations(ImageSettings settings, Length length) {
        int epochs = epochs(settings);
        int times = length == Length.STUDY ? FEW_VALIDATIONS : VALIDATIONS;
        return List.of("training.validateEvery=" + Math.max(1, (epochs + times - 1) / times));
    }

    private static int steps(ImageSettings settings, int images) {
        return (images + settings.training().batch() - 1) / settings.training().batch();
    }

    private int epochs(ImageSettings settings) {
        int iterations = settings.training().iterations();
        int steps = steps(settings, images);
        return iterations == 0 ? settings.optimisation().epochs() : (iterations + steps - 1) / steps;
    }

    /**
     * For a report.
     *
     * @param name of the network
     * @param preset that the settings began from
     * @param settings of the training
     */
    String text(String name, String preset, ImageSettings settings) {
        SwipeTrainingOptions training = settings.training();
        int epochs = epochs(settings);
        return String.format(
                Locale.ROOT,
                "%s: preset `%s`, images of %d x %d pixels, %d steps (%d epochs) of %d images, rate %s; of the epochs'"
                        + " weights those with the best Dice of the validation images, looked at every %d epochs",
                name,
                preset,
                training.size(),
                training.size(),
                (long) epochs * steps(settings, images),
                epochs,
                training.batch(),
                settings.optimisation().rate(),
                training.validateEvery());
    }
}
