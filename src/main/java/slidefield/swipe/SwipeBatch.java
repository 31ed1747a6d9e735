package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Seeds;
import slidefield.fit.Targets;
import slidefield.nn.Tape;

/**
 * What one step learns from: varied images and points drawn of them.
 *
 * @param images all of one size
 * @param points of each, as many
 */
record SwipeBatch(List<LabelledImage> images, LabelledPoints points) {
    /**
     * @param settings how images are varied, how many points are drawn
     * @param images of the step
     * @param pools their points
     * @param seed of this step's choices
     */
    static SwipeBatch of(ImageSettings settings, List<LabelledImage> images, List<PointPool> pools, long seed) {
        Augmentation augmentation = new Augmentation(settings.augmentation());
        List<LabelledImage> shown = new ArrayList<>();
        List<PointPool> moved = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            Augmentation.Varied varied =
                    augmentation.apply(images.get(i), pools.get(i), Seeds.random(seed, "varied", i));
            shown.add(varied.image());
            moved.add(varied.pool());
        }
        LabelledPoints drawn = LabelledPoints.draw(moved, settings.training().points(), Seeds.random(seed, "drawn"));
        return new SwipeBatch(shown, drawn);
    }

    /** Where each image lies in its source: it is its own. */
    List<SourceFrame> sources() {
        return images.stream()
                .map(image -> SourceFrame.whole(image.width(), image.height()))
                .toList();
    }

    /** The colours, N x H x W x 3 in [-1, 1]. */
    INDArray colours(Tape tape) {
        return colours(tape, images);
    }

    /**
     * @param images all of one size
     * @return N x H x W x 3 in [-1, 1]
     */
    static INDArray colours(Tape tape, List<LabelledImage> images) {
        int width = images.get(0).width();
        int height = images.get(0).height();
        int length = width * height * 3;
        float[] all = new float[images.size() * length];
        for (int i = 0; i < images.size(); i++) {
            images.get(i).writeColours(all, i * length);
        }
        return Targets.array(tape, all, images.size(), height, width, 3);
    }
}
