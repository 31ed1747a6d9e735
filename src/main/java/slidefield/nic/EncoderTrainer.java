package slidefield.nic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.EpochLoop;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.LearningState;
import slidefield.fit.Phase;
import slidefield.fit.Resumable;
import slidefield.fit.Seeds;

/**
 * Trains an encoder, or what judges its codes (Tellez et al. 2019, appendix). An epoch sees every example once, in random order
 * and varied anew; then the validation examples are checked, always in the same way, the learning rate follows from all checks,
 * and the weights of the best one are the result. A BiGAN has no validation and keeps its last weights.
 *
 * <p>Not thread-safe.
 */
public final class EncoderTrainer implements Resumable {
    private final EncoderLearner learner;
    private final Data data;
    private final EncoderTrainingOptions options;
    private final long seed;
    private final LearningState state;

    /**
     * What is learnt from.
     *
     * @param subject what the examples are together, for reports: "training patches"
     * @param training examples to learn from
     * @param augmentation how they are varied
     * @param validation examples to check; null where nothing is validated
     * @param checkedAugmentation how those are varied, always in the same way
     * @param sources the names of what the examples come from
     */
    record Data(
            String subject,
            EncoderExamples training,
            PatchAugmentation augmentation,
            EncoderExamples validation,
            PatchAugmentation checkedAugmentation,
            List<String> sources) {}

    /** One step's examples. */
    private record Step(int number, List<Integer> examples) {}

    /**
     * @param learner with fresh weights; closed by who made it
     * @param data what is learnt from
     * @param options how
     * @param seed of the order of the examples and of every step's choices
     */
    EncoderTrainer(EncoderLearner learner, Data data, EncoderTrainingOptions options, long seed) {
        if (learner.validates()
                && (data.validation() == null || data.validation().count() == 0)) {
            throw new IllegalArgumentException("examples for validation are expected, found none");
        }
        this.learner = learner;
        this.data = data;
        this.options = options;
        this.seed = seed;
        state = new LearningState(learner.network(), learner::optimiser, learner.validates());
    }

    /** Epochs at most. */
    public int epochs() {
        return options.epochs(data.training().count());
    }

    /** Whether nothing is left to do. */
    public boolean finished() {
        return epochsDone() >= epochs()
                || learner.validates() && options.schedule().exhaustedAfterEpochs(state.reports());
    }

    /**
     * Runs the epochs that are left; the network then has the weights of the result and is not in training.
     *
     * @param listener told how it goes
     * @param afterEpoch called after every epoch, for checkpoints
     * @throws slidefield.fit.DivergedException if the loss or a weight stops being a sensible number
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public void train(FitListener listener, Consumer<? super EncoderTrainer> afterEpoch) {
        if (!finished()) {
            run(listener, afterEpoch);
        }
        state.end();
    }

    private void run(FitListener listener, Consumer<? super EncoderTrainer> afterEpoch) {
        EpochLoop learning = new EpochLoop(Phase.ENCODER, data.subject(), this::state, listener);
        EpochLoop checking = learning.validation();
        List<Step> checks = learner.validates() ? checks() : List.of();
        listener.begin(Phase.ENCODER, data.subject(), stepsLeft(checks.size()));
        while (!finished()) {
            int epoch = epochsDone() + 1;
            double rate = options.schedule().rateAfterEpochs(state.reports());
            learner.network().training(true);
            state.learnt(learning.run(epoch, steps(epoch), step -> learn(epoch, step, rate)));
            EpochLoop.requireFinite(Phase.ENCODER, epoch, learner.network().values());
            if (learner.validates()) {
                learner.network().training(false);
                state.checked(checking.run(epoch, checks, step -> check(step, checks.size())));
            }
            afterEpoch.accept(this);
        }
        listener.end(Phase.ENCODER, data.subject());
    }

    private long stepsLeft(int checks) {
        long steps = 0;
        for (int epoch = epochsDone() + 1; epoch <= epochs(); epoch++) {
            steps += options.steps(epoch, data.training().count()) + checks;
        }
        return steps;
    }

    /**
     * The numbers of every step's examples, in an order of the epoch's own. Every batch is whole: batch normalisation would
     * learn other statistics of a smaller one.
     */
    private List<Step> steps(int epoch) {
        List<Integer> order = new ArrayList<>(numbers(data.training().count()));
        Collections.shuffle(order, Seeds.random(seed, "order", epoch));
        int examples = order.size();
        for (int k = 0; order.size() % options.batch() != 0; k++) {
            order.add(order.get(k % examples));
        }
        List<List<Integer>> batches = EpochLoop.batches(order, options.batch());
        return numbered(batches.subList(0, options.steps(epoch, examples)));
    }

    private List<Step> checks() {
        return numbered(EpochLoop.batches(numbers(data.validation().count()), options.batch()));
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static List<Step> numbered(List<List<Integer>> batches) {
        return IntStream.range(0, batches.size())
                .mapToObj(i -> new Step(i, batches.get(i)))
                .toList();
    }

    private double learn(int epoch, Step step, double rate) {
        long own = Seeds.derive(seed, "step", epoch, step.number());
        EncoderBatch batch = data.training().batch(step.examples(), data.augmentation(), own);
        return learner.learn(batch, rate, own);
    }

    /** So weighted that the mean over the batches is that over the examples. */
    private double check(Step step, int batches) {
        long own = Seeds.derive(seed, "check", step.number());
        EncoderBatch batch = data.validation().batch(step.examples(), data.checkedAugmentation(), own);
        double weight =
                (double) step.examples().size() * batches / data.validation().count();
        return weight * learner.check(batch, own);
    }

    private int epochsDone() {
        return state.epochs(Phase.ENCODER);
    }

    /** The least validation loss so far, 1 - accuracy where classes are learnt; infinity where nothing was validated. */
    public double bestLoss() {
        return state.leastLoss();
    }

    /** The epoch whose weights are the result, counted from 1: the best one, or the last one where nothing is validated. */
    public int bestEpoch() {
        return learner.validates() ? state.bestEpoch() : epochsDone();
    }

    @Override
    public List<EpochReport> reports() {
        return state.reports();
    }

    @Override
    public List<String> slides() {
        return data.sources();
    }

    @Override
    public Map<String, INDArray> state() {
        return state.arrays();
    }

    @Override
    public void restore(List<EpochReport> done) {
        state.restore(done);
    }
}
