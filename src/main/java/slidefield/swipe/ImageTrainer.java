package slidefield.swipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.data.Split;
import slidefield.fit.BestWeights;
import slidefield.fit.EpochLoop;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.Resumable;
import slidefield.fit.Seeds;
import slidefield.io.InputException;
import slidefield.nn.Adam;
import slidefield.nn.Engine;
import slidefield.nn.Module;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;
import slidefield.score.ImageScores;

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
    private final ImageSet set;
    private final ImageLearner<S> learner;
    private final List<LabelledImage> images;
    private final List<PointPool> pools;
    private final Module network;
    private final SwipeOptimisation optimisation;
    private final Adam adam;
    private final BestWeights best;
    private final List<EpochReport> reports = new ArrayList<>();

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
        this.set = set;
        this.learner = learner;
        images = set.of(Split.TRAIN);
        requireFit();
        SwipeOptimisation own = settings.optimisation();
        optimisation = own.withEpochs(settings.training().epochs(images.size(), own));
        long seed = Seeds.derive(settings.seed(), "pool");
        int classes = set.classes().size();
        pools = images.stream()
                .map(image -> PointPool.sample(image, classes, settings.points(), seed))
                .toList();
        network = learner.network();
        adam = new Adam(network.parameters(), optimisation.adamW());
        best = new BestWeights(network.values());
    }

    private void requireFit() {
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
        for (LabelledImage image : images) {
            if (image.width() != size || image.height() != size) {
                throw new IllegalArgumentException("images of " + size + " x " + size + " are expected, found "
                        + image.name() + " of " + image.width() + " x " + image.height());
            }
        }
    }

    /** Epochs in all. */
    public int epochs() {
        return optimisation.epochs();
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
        if (epochsDone() < epochs()) {
            run(listener, afterEpoch);
        }
        best.use();
        network.training(false);
        return learner.segmenter().get();
    }

    /** The remaining epochs. */
    private void run(FitListener listener, Consumer<? super ImageTrainer<S>> afterEpoch) {
        Phase phase = learner.phase();
        List<LabelledImage> unseen = set.of(Split.VALIDATION);
        EpochLoop learning = new EpochLoop(phase, ALL_IMAGES, this::state, listener);
        EpochLoop checking = learning.validation();
        int done = epochsDone();
        listener.begin(phase, ALL_IMAGES, steps(done, unseen.size()));
        for (int epoch = done + 1; epoch <= epochs(); epoch++) {
            int now = epoch;
            network.training(true);
            reports.add(learning.run(epoch, batches(epoch), batch -> learn(now, batch)));
            EpochLoop.requireFinite(phase, epoch, network.values());
            if (validates(epoch)) {
                network.training(false);
                EpochReport checked = checking.run(epoch, unseen, this::check);
                best.after(checked, reports);
                reports.add(checked);
            }
            afterEpoch.accept(this);
        }
        listener.end(phase, ALL_IMAGES);
    }

    private long steps(int done, int unseen) {
        long steps = (long) (epochs() - done) * settings.training().steps(images.size());
        for (int epoch = done + 1; epoch <= epochs(); epoch++) {
            steps += validates(epoch) ? unseen : 0;
        }
        return steps;
    }

    private boolean validates(int epoch) {
        return epoch % settings.training().validateEvery() == 0 || epoch == epochs();
    }

    /** The numbers of the images of every step, in an order of the epoch's own. */
    private List<List<Integer>> batches(int epoch) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, Seeds.random(settings.seed(), "order", epoch));
        return EpochLoop.batches(order, settings.training().batch());
    }

    /** One step of the optimiser; gives the loss before it. */
    private double learn(int epoch, List<Integer> chosen) {
        long seed = Seeds.derive(settings.seed(), "step", epoch, chosen.get(0));
        SwipeBatch batch = SwipeBatch.of(
                settings,
                chosen.stream().map(images::get).toList(),
                chosen.stream().map(pools::get).toList(),
                seed);
        adam.learningRate(optimisation.rate(epoch - 1));
        try (Tape tape = engine.record()) {
            Tensor loss = learner.loss().of(tape, batch, seed);
            tape.backward(loss);
            adam.step();
            return loss.scalar();
        }
    }

    /** 1 - Dice of an image that is not learnt from. */
    private double check(LabelledImage image) {
        SegmentedImage found = learner.segmenter().get().predict(image);
        return 1 - new ImageScores(set.classes()).add(image.name(), found.classes(), image.classes());
    }

    private int epochsDone() {
        return (int) reports.stream().filter(r -> r.phase() == learner.phase()).count();
    }

    /**
     * The best mean Dice over the validation images so far; minus infinity before the first validation.
     */
    public double bestDice() {
        return 1 - BestWeights.leastLoss(reports);
    }

    /**
     * The epoch whose weights are the result, counted from 1.
     *
     * @throws IllegalStateException before the first validation
     */
    public int bestEpoch() {
        return BestWeights.epoch(reports);
    }

    @Override
    public List<EpochReport> reports() {
        return List.copyOf(reports);
    }

    @Override
    public List<String> slides() {
        List<String> names = new ArrayList<>();
        images.forEach(image -> names.add(image.name()));
        set.of(Split.VALIDATION).forEach(image -> names.add(image.name() + " (validation)"));
        return Collections.unmodifiableList(names);
    }

    @Override
    public Map<String, INDArray> state() {
        Map<String, INDArray> state = new LinkedHashMap<>();
        network.values().forEach((name, array) -> state.put("network." + name, array));
        adam.state().forEach((name, array) -> state.put("optimiser." + name, array));
        best.arrays().forEach((name, array) -> state.put("best." + name, array));
        return state;
    }

    @Override
    public void restore(List<EpochReport> done) {
        reports.clear();
        reports.addAll(done);
    }
}
