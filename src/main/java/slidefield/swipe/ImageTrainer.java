package slidefield.swipe;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.data.Split;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Resumable;
import slidefield.fit.ValidatedTrainer;
import slidefield.io.InputException;
import slidefield.nn.Engine;

/**
 * Trains a {@link Swipe} ({@link SwipeTraining#trainer}) or one of its rivals ({@link RivalTraining#trainer}) on the training
 * split of an image set. An epoch sees every image once, in random order and varied anew; every few epochs the images of the
 * validation split are answered pixel by pixel, and the weights with the best mean Dice are the result.
 *
 * <p>Not thread-safe.
 *
 * @param <S> what comes out
 */
public final class ImageTrainer<S extends ImageSegmenter> implements Resumable {
    private static final String ALL_IMAGES = "training images";

    private final Engine engine;
    private final ImageSettings settings;
    private final ImageLearner<S> learner;
    private final ValidatedTrainer trainer;

    /**
     * @param engine arithmetic
     * @param settings all options
     * @param set images of the size of {@link SwipeTrainingOptions#size()}; its training and validation splits are used
     * @param learner a fresh network of these settings
     * @throws InputException if one of these splits has no image, or the network answers another number of classes
     */
    ImageTrainer(Engine engine, ImageSettings settings, ImageSet set, ImageLearner<S> learner) {
        this.engine = engine;
        this.settings = settings;
        this.learner = learner;
        requireFit(settings, set);
        SwipeTrainingOptions training = settings.training();
        SwipeOptimisation own = settings.optimisation();
        SwipeOptimisation optimisation =
                own.withEpochs(training.epochs(set.of(Split.TRAIN).size(), own));
        ValidatedTrainer.Plan plan = new ValidatedTrainer.Plan(
                settings.seed(),
                optimisation.epochs(),
                training.batch(),
                training.validateEvery(),
                optimisation.adamW(),
                (epoch, done) -> optimisation.rate(epoch));
        trainer = new ValidatedTrainer(engine, new ImageTask(settings, set, learner), plan, ALL_IMAGES);
    }

    private static void requireFit(ImageSettings settings, ImageSet set) {
        for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
            if (set.of(split).isEmpty()) {
                throw new InputException("image set " + set.name() + " has no image with the split '"
                        + (split == Split.TRAIN ? "train" : "validation")
                        + "'; give its manifest a split such as {train: 118, validation: 39, test: 39}");
            }
        }
        if (settings.outputs() != set.outputs()) {
            throw new InputException("image set " + set.name() + " shows "
                    + String.join(", ", set.classes()) + ", for which the network needs " + set.outputs()
                    + " answers a point; found " + settings.outputs() + ": " + settings.outputsRemedy(set.outputs()));
        }
        int size = settings.training().size();
        for (LabelledImage image : set.of(Split.TRAIN)) {
            if (image.width() != size || image.height() != size) {
                throw new IllegalArgumentException("images of " + size + " x " + size + " are expected, found "
                        + image.name() + " of " + image.width() + " x " + image.height());
            }
        }
    }

    /** Epochs in all. */
    public int epochs() {
        return trainer.epochs();
    }

    Engine engine() {
        return engine;
    }

    ImageSettings settings() {
        return settings;
    }

    /**
     * Runs all epochs from where the trainer stands.
     *
     * @param listener told how it goes
     * @param afterEpoch called after every epoch, for checkpoints
     * @return the network with the weights of its best validation
     * @throws slidefield.fit.DivergedException if the loss or a weight stops being a sensible number
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public S train(FitListener listener, Consumer<? super ImageTrainer<S>> afterEpoch) {
        trainer.train(listener, same -> afterEpoch.accept(this));
        return learner.segmenter().get();
    }

    /**
     * The best mean Dice over the validation images so far; minus infinity before the first validation.
     */
    public double bestDice() {
        return 1 - trainer.leastLoss();
    }

    /**
     * The epoch whose weights are the result, counted from 1.
     *
     * @throws IllegalStateException before the first validation
     */
    public int bestEpoch() {
        return trainer.bestEpoch();
    }

    @Override
    public List<EpochReport> reports() {
        return trainer.reports();
    }

    @Override
    public List<String> slides() {
        return trainer.slides();
    }

    @Override
    public Map<String, INDArray> state() {
        return trainer.state();
    }

    @Override
    public void restore(List<EpochReport> done) {
        trainer.restore(done);
    }
}
