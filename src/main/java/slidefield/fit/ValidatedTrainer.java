package slidefield.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Adam;
import slidefield.nn.AdamOptions;
import slidefield.nn.Engine;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Trains a network on items of which every epoch sees each once, in random order, or as the task orders them; every few
 * epochs items that are not learnt from are checked, and the weights of the best check are the result.
 *
 * <p>Not thread-safe.
 */
public final class ValidatedTrainer implements Resumable {
    private final Engine engine;
    private final ValidatedTask task;
    private final Plan plan;
    private final String subject;
    private final Adam adam;
    private final LearningState state;

    /**
     * How long is learnt, and how fast.
     *
     * @param seed of the order of the items and of every step's choices
     * @param epochs in all
     * @param batch items of a step
     * @param validateEvery epochs from one check to the next, the last epoch being followed by one in any case
     * @param adam the optimiser's options
     * @param rate of an epoch
     */
    public record Plan(long seed, int epochs, int batch, int validateEvery, AdamOptions adam, Rate rate) {
        /** @throws IllegalArgumentException if a number is out of range */
        public Plan {
            Check.between("epochs", epochs, 1, 100_000_000);
            Check.between("batch", batch, 1, 1_000_000);
            Check.between("validateEvery", validateEvery, 1, 100_000_000);
        }

        private boolean validates(int epoch) {
            return epoch % validateEvery == 0 || epoch == epochs;
        }
    }

    /** The learning rate in the course of a training. */
    @FunctionalInterface
    public interface Rate {
        /**
         * @param epoch counted from 0
         * @param done what every epoch before came to, the validations among them
         * @return the rate of all of its steps
         */
        double of(int epoch, List<EpochReport> done);
    }

    /**
     * @param engine arithmetic
     * @param task what is trained, and on what
     * @param plan how long, and how fast
     * @param subject what the items are together, for reports: "training volumes"
     */
    public ValidatedTrainer(Engine engine, ValidatedTask task, Plan plan, String subject) {
        this.engine = engine;
        this.task = task;
        this.plan = plan;
        this.subject = subject;
        adam = new Adam(task.network().parameters(), plan.adam());
        state = new LearningState(task.network(), adam::state, true);
    }

    /** Epochs in all. */
    public int epochs() {
        return plan.epochs();
    }

    /**
     * Runs all epochs from where the trainer stands; the network then has the best weights and is not in training.
     *
     * @param listener told how it goes
     * @param afterEpoch called after every epoch, for checkpoints
     * @throws DivergedException if the loss or a weight stops being a sensible number
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public void train(FitListener listener, Consumer<? super ValidatedTrainer> afterEpoch) {
        int done = state.epochs(task.phase());
        if (done < plan.epochs()) {
            run(done, listener, afterEpoch);
        }
        state.end();
    }

    /** The remaining epochs. */
    private void run(int done, FitListener listener, Consumer<? super ValidatedTrainer> afterEpoch) {
        Phase phase = task.phase();
        EpochLoop learning = new EpochLoop(phase, subject, this::state, listener);
        EpochLoop checking = learning.validation();
        List<Integer> unseen = numbers(task.unseen());
        listener.begin(phase, subject, steps(done, unseen.size()));
        for (int epoch = done + 1; epoch <= plan.epochs(); epoch++) {
            int now = epoch;
            task.network().training(true);
            adam.learningRate(plan.rate().of(epoch - 1, state.reports()));
            state.learnt(learning.run(epoch, batches(epoch), batch -> learn(now, batch)));
            EpochLoop.requireFinite(phase, epoch, task.network().values());
            if (plan.validates(epoch)) {
                task.network().training(false);
                state.checked(checking.run(epoch, unseen, task::check));
            }
            afterEpoch.accept(this);
        }
        listener.end(phase, subject);
    }

    private long steps(int done, int unseen) {
        long perEpoch = (task.learnt().size() + plan.batch() - 1) / plan.batch();
        long checks = IntStream.rangeClosed(done + 1, plan.epochs())
                .filter(plan::validates)
                .count();
        return (plan.epochs() - done) * perEpoch + checks * unseen;
    }

    private static List<Integer> numbers(List<String> items) {
        return IntStream.range(0, items.size()).boxed().toList();
    }

    /** The numbers of the items of every step, in an order of the epoch's own. */
    private List<List<Integer>> batches(int epoch) {
        List<Integer> order = new ArrayList<>(task.order(plan.batch(), Seeds.random(plan.seed(), "order", epoch)));
        for (int k = 0; task.wholeBatches() && order.size() % plan.batch() != 0; k++) {
            order.add(order.get(k));
        }
        return EpochLoop.batches(order, plan.batch());
    }

    /** One step of the optimiser; gives the loss before it. */
    private double learn(int epoch, List<Integer> chosen) {
        try (Tape tape = engine.record()) {
            Tensor loss = task.loss(tape, chosen, Seeds.derive(plan.seed(), "step", epoch, chosen.get(0)));
            tape.backward(loss);
            adam.step();
            return loss.scalar();
        }
    }

    /** The least validation loss so far; infinity before the first validation. */
    public double leastLoss() {
        return state.leastLoss();
    }

    /**
     * The epoch whose weights are the result, counted from 1.
     *
     * @throws IllegalStateException before the first validation
     */
    public int bestEpoch() {
        return state.bestEpoch();
    }

    @Override
    public List<EpochReport> reports() {
        return state.reports();
    }

    @Override
    public List<String> slides() {
        return LearningState.names(task.learnt(), task.unseen());
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
