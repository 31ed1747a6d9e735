package slidefield.patch;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.EpochLoop;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.LearningState;
import slidefield.fit.Phase;
import slidefield.fit.Resumable;
import slidefield.fit.Seeds;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Trains a patch network in small batches. After every epoch the loss on fixed patches that it does not learn from is
 * taken; the weights of the epoch with the least such loss are the result.
 *
 * <p>Not thread-safe.
 */
public final class PatchTrainer implements Resumable {
    private static final String ALL_SLIDES = "training slides";

    private final Engine engine;
    private final PatchSettings settings;
    private final PatchSampler training;
    private final PatchSampler validation;
    private final PatchNetwork network;
    private final PatchOptimiser optimiser;
    private final LearningState state;

    /**
     * @param engine arithmetic and precision
     * @param settings all options
     * @param training draws the patches to learn from
     * @param validation draws the patches of the validation loss
     * @throws InputException if no training patch can have a lesion
     */
    public PatchTrainer(Engine engine, PatchSettings settings, PatchSampler training, PatchSampler validation) {
        this.engine = engine;
        this.settings = settings;
        this.training = training;
        this.validation = validation;
        if (!training.hasLesions()) {
            throw new InputException("no lesion in the tissue of the whole training split ("
                    + String.join(", ", training.names())
                    + "); the network would learn to answer background everywhere");
        }
        network = settings.network().build(engine.type(), Seeds.derive(settings.seed(), "network"));
        optimiser = new PatchOptimiser(network.parameters(), settings.training());
        state = new LearningState(network, optimiser::state, true);
    }

    /**
     * Runs all epochs from where the trainer stands.
     *
     * @param listener told how it goes
     * @param afterEpoch called after every epoch, for checkpoints
     * @return the network with the weights of its best epoch
     * @throws InputException if the loss or a weight stops being a sensible number
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public TrainedPatchNetwork train(FitListener listener, Consumer<? super PatchTrainer> afterEpoch) {
        if (state.epochs(Phase.PATCHES) < settings.training().epochs()) {
            run(listener, afterEpoch);
        }
        state.end();
        return new TrainedPatchNetwork(engine, settings, network);
    }

    /** The remaining epochs. */
    private void run(FitListener listener, Consumer<? super PatchTrainer> afterEpoch) {
        PatchTrainingOptions options = settings.training();
        List<List<PatchSite>> fixed =
                batches(validation.draw("validation", 0, settings.patches().validationPatches()));
        EpochLoop learning = new EpochLoop(Phase.PATCHES, ALL_SLIDES, this::state, listener);
        EpochLoop checking = learning.validation();
        int done = state.epochs(Phase.PATCHES);
        long steps = options.stepsPerEpoch() + fixed.size();
        listener.begin(Phase.PATCHES, ALL_SLIDES, (options.epochs() - done) * steps);
        for (int epoch = done + 1; epoch <= options.epochs(); epoch++) {
            List<List<PatchSite>> drawn =
                    batches(training.draw("patches", epoch, options.batch() * options.stepsPerEpoch()));
            long[] step = {(long) (epoch - 1) * options.stepsPerEpoch()};
            network.training(true);
            state.learnt(learning.run(epoch, drawn, sites -> learn(sites, step[0]++)));
            EpochLoop.requireFinite(Phase.PATCHES, epoch, network.values());
            network.training(false);
            state.checked(checking.run(epoch, fixed, this::check));
            afterEpoch.accept(this);
        }
        listener.end(Phase.PATCHES, ALL_SLIDES);
    }

    private List<List<PatchSite>> batches(List<PatchSite> sites) {
        return EpochLoop.batches(sites, settings.training().batch());
    }

    /** One step of the optimiser; gives the loss before it. */
    private double learn(List<PatchSite> sites, long step) {
        PatchTrainingOptions options = settings.training();
        long steps = (long) options.epochs() * options.stepsPerEpoch();
        try (Tape tape = engine.record()) {
            Tensor loss = loss(tape, training, sites);
            tape.backward(loss);
            optimiser.step(options.rate() * options.decay().factor(step, steps, options.finalRate()));
            return loss.scalar();
        }
    }

    private double check(List<PatchSite> sites) {
        try (Tape tape = engine.inference()) {
            return loss(tape, validation, sites).scalar();
        }
    }

    private Tensor loss(Tape tape, PatchSampler sampler, List<PatchSite> sites) {
        Tensor logits = PatchBatch.logits(network, tape, PatchBatch.colours(tape, sampler, sites));
        return settings.training().loss().of(logits, PatchBatch.lesion(tape, sampler, sites));
    }

    /**
     * The epoch whose weights are the result, counted from 1.
     *
     * @throws IllegalStateException before the first epoch
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
        return LearningState.names(training.names(), validation.names());
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
