package slidefield.swipe;

import java.util.List;
import slidefield.data.Split;
import slidefield.fit.Phase;
import slidefield.fit.Seeds;
import slidefield.fit.ValidatedTask;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.score.ImageScores;

/** The training split of an image set, varied anew in every step, and its validation split, answered pixel by pixel. */
final class ImageTask implements ValidatedTask {
    private final ImageSettings settings;
    private final ImageLearner<?> learner;
    private final List<String> classes;
    private final List<LabelledImage> images;
    private final List<PointPool> pools;
    private final List<LabelledImage> unseen;

    /**
     * @param settings all options
     * @param set whose images have the size that is learnt from
     * @param learner a fresh network with its loss
     */
    ImageTask(ImageSettings settings, ImageSet set, ImageLearner<?> learner) {
        this.settings = settings;
        this.learner = learner;
        classes = set.classes();
        images = set.of(Split.TRAIN);
        unseen = set.of(Split.VALIDATION);
        long seed = Seeds.derive(settings.seed(), "pool");
        pools = images.stream()
                .map(image -> PointPool.sample(image, classes.size(), settings.points(), seed))
                .toList();
    }

    @Override
    public Module network() {
        return learner.network();
    }

    @Override
    public Phase phase() {
        return learner.phase();
    }

    @Override
    public List<String> learnt() {
        return images.stream().map(LabelledImage::name).toList();
    }

    @Override
    public List<String> unseen() {
        return unseen.stream().map(LabelledImage::name).toList();
    }

    @Override
    public boolean wholeBatches() {
        return false;
    }

    @Override
    public Tensor loss(Tape tape, List<Integer> items, long seed) {
        SwipeBatch batch = SwipeBatch.of(
                settings,
                items.stream().map(images::get).toList(),
                items.stream().map(pools::get).toList(),
                seed);
        return learner.loss().of(tape, batch, seed);
    }

    /** 1 - Dice of an image that is not learnt from. */
    @Override
    public double check(int item) {
        LabelledImage image = unseen.get(item);
        SegmentedImage found = learner.segmenter().get().predict(image);
        return 1 - new ImageScores(classes).add(image.name(), found.classes(), image.classes());
    }
}
