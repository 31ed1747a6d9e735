package slidefield.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Module;

/**
 * Where the training of a network stands: what its epochs came to, its weights and the best of them by the validations so far,
 * the optimiser's arrays.
 *
 * <p>Not thread-safe: for the thread that trains.
 */
public final class LearningState {
    private final Module network;
    private final Supplier<Map<String, INDArray>> optimiser;
    private final BestWeights best;
    private final List<EpochReport> reports = new ArrayList<>();

    /**
     * @param network with fresh weights
     * @param optimiser gives the live arrays of its optimiser by name
     * @param validates whether validations choose the weights; otherwise the last ones are the result
     */
    public LearningState(Module network, Supplier<Map<String, INDArray>> optimiser, boolean validates) {
        this.network = network;
        this.optimiser = optimiser;
        best = validates ? new BestWeights(network.values()) : null;
    }

    /** The epochs of a phase that are done. */
    public int epochs(Phase phase) {
        return (int) reports.stream().filter(r -> r.phase() == phase).count();
    }

    /** What every epoch came to, the validations among them. */
    public List<EpochReport> reports() {
        return List.copyOf(reports);
    }

    /** After an epoch that was learnt. */
    public void learnt(EpochReport report) {
        reports.add(report);
    }

    /** After a validation of the weights as they are now, which are kept if they are the best so far. */
    public void checked(EpochReport report) {
        best.after(report, reports);
        reports.add(report);
    }

    /** The end: the network has the weights of the result and is not in training. */
    public void end() {
        if (best != null) {
            best.use();
        }
        network.training(false);
    }

    /** The least validation loss so far; infinity before the first validation. */
    public double leastLoss() {
        return BestWeights.leastLoss(reports);
    }

    /**
     * The epoch whose weights are the best so far, counted from 1.
     *
     * @throws IllegalStateException before the first validation
     */
    public int bestEpoch() {
        return BestWeights.epoch(reports);
    }

    /** {@link Resumable#state}. */
    public Map<String, INDArray> arrays() {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        network.values().forEach((name, array) -> arrays.put("network." + name, array));
        optimiser.get().forEach((name, array) -> arrays.put("optimiser." + name, array));
        if (best != null) {
            best.arrays().forEach((name, array) -> arrays.put("best." + name, array));
        }
        return arrays;
    }

    /** {@link Resumable#restore}. */
    public void restore(List<EpochReport> done) {
        reports.clear();
        reports.addAll(done);
    }

    /**
     * {@link Resumable#slides}.
     *
     * @param learnt names of what is learnt from
     * @param unseen names of what is validated on
     */
    public static List<String> names(List<String> learnt, List<String> unseen) {
        List<String> names = new ArrayList<>(learnt);
        unseen.forEach(name -> names.add(name + " (validation)"));
        return Collections.unmodifiableList(names);
    }
}
