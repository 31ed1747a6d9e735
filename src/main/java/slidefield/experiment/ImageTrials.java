package slidefield.experiment;

import java.util.List;
import slidefield.data.ImageSetManifest;
import slidefield.score.Confusion;
import slidefield.swipe.ImageSegmenter;
import slidefield.swipe.LabelledImage;
import slidefield.swipe.SegmentedImage;

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
     * @param sink gets every answer
     */
    ImageOutcomes run(List<ImageMethod> methods, List<ImageView> views, Sees sees, Sink sink) {
        for (long seed : context.seeds()) {
            methods.forEach(method -> method.require(seed));
        }
        ImageOutcomes outcomes = new ImageOutcomes();
        for (long seed : context.seeds()) {
            for (ImageMethod method : methods) {
                context.listener().notice(method.name() + ", seed " + seed);
                for (ImageView view : views) {
                    if (view.input() == 0 || sees.otherSizes(method)) {
                        score(method, seed, view, outcomes, sink);
                    }
                }
            }
        }
        return outcomes;
    }

    /** All columns are asked of all rows. */
    ImageOutcomes run(List<ImageMethod> methods, List<ImageView> views) {
        return run(methods, views, method -> true, (method, seed, image, found) -> {});
    }

    /** What else is done with an answer. */
    interface Sink {
        void accept(ImageMethod method, long seed, LabelledImage image, SegmentedImage found);
    }

    /** Whether a row takes images of another size than it was trained with. */
    interface Sees {
        boolean otherSizes(ImageMethod method);
    }

    private static void score(ImageMethod method, long seed, ImageView view, ImageOutcomes outcomes, Sink sink) {
        ImageSegmenter network = method.train(seed, view.input());
        for (int i = 0; i < view.images().size(); i++) {
            LabelledImage image = view.images().get(i);
            SegmentedImage found = network.predict(image, view.output(), view.output());
            sink.accept(method, seed, image, found);
            Confusion counts =
                    new Confusion().add(found.classes(), view.truths().get(i));
            outcomes.add(new ImageOutcome(method.name(), view.label(), seed, image.name(), counts));
        }
    }
}
