package slidefield.experiment;

import java.util.List;
import slidefield.data.ImageSetManifest;
import slidefield.score.Confusion;
import slidefield.swipe.ImageSegmenter;
import slidefield.swipe.LabelledImage;

/** Trains every network with every seed and scores its answers to all images of all columns. */
final class ImageTrials {
    private final ExperimentContext<ImageSetManifest> context;

    /** @param context seeds and what is told how it goes */
    ImageTrials(ExperimentContext<ImageSetManifest> context) {
        this.context = context;
    }

    /**
     * @param methods the rows
     * @param views the columns; those with an input of its own are asked only of rows that {@code sees} it
     * @param sees which networks take images of another size than they were trained with
     */
    ImageOutcomes run(List<ImageMethod> methods, List<ImageView> views, Sees sees) {
        for (long seed : context.seeds()) {
            methods.forEach(method -> method.require(seed));
        }
        ImageOutcomes outcomes = new ImageOutcomes();
        for (long seed : context.seeds()) {
            for (ImageMethod method : methods) {
                context.listener().notice(method.name() + ", seed " + seed);
                for (ImageView view : views) {
                    if (view.input() == 0 || sees.otherSizes(method)) {
                        score(method, seed, view, outcomes);
                    }
                }
            }
        }
        return outcomes;
    }

    /** All columns are asked of all rows. */
    ImageOutcomes run(List<ImageMethod> methods, List<ImageView> views) {
        return run(methods, views, method -> true);
    }

    /** Whether a row takes images of another size than it was trained with. */
    interface Sees {
        boolean otherSizes(ImageMethod method);
    }

    private static void score(ImageMethod method, long seed, ImageView view, ImageOutcomes outcomes) {
        ImageSegmenter network = method.train(seed, view.input());
        for (int i = 0; i < view.images().size(); i++) {
            LabelledImage image = view.images().get(i);
            byte[] found = network.predict(image, view.output(), view.output()).classes();
            Confusion counts = new Confusion().add(found, view.truths().get(i));
            outcomes.add(new ImageOutcome(method.name(), view.label(), seed, image.name(), counts));
        }
    }
}
