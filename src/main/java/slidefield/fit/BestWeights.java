package slidefield.fit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of the epoch with the least validation loss. Which epoch that is follows from the reports of the epochs
 * done, so that a checkpoint holds the arrays only.
 *
 * <p>Not thread-safe.
 */
public final class BestWeights {
    private final Map<String, INDArray> weights;
    private final Map<String, INDArray> best = new LinkedHashMap<>();

    /** @param weights the network's own by name, which change as it learns */
    public BestWeights(Map<String, INDArray> weights) {
        this.weights = weights;
        weights.forEach((name, array) -> best.put(name, array.dup('c')));
    }

    /**
     * Keeps the weights as they are now, if they are the best so far.
     *
     * @param checked the validation of these weights
     * @param before the reports of all epochs before it
     */
    public void after(EpochReport checked, List<EpochReport> before) {
        if (checked.loss() < leastLoss(before)) {
            copy(weights, best);
        }
    }

    /** Makes the best weights the network's own. */
    public void use() {
        copy(best, weights);
    }

    /** @return the kept arrays by name, to be saved and restored in place */
    public Map<String, INDArray> arrays() {
        return best;
    }

    /**
     * @param reports of the epochs done
     * @return the least validation loss among them, infinity where nothing was validated
     */
    public static double leastLoss(List<EpochReport> reports) {
        return validations(reports).mapToDouble(EpochReport::loss).min().orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * @param reports of the epochs done
     * @return the first epoch with that loss, counted from 1
     * @throws IllegalStateException where nothing was validated
     */
    public static int epoch(List<EpochReport> reports) {
        double least = leastLoss(reports);
        return validations(reports)
                .filter(r -> r.loss() == least)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing was validated yet"))
                .epoch();
    }

    private static Stream<EpochReport> validations(List<EpochReport> reports) {
        return reports.stream().filter(r -> r.phase() == Phase.VALIDATION);
    }

    private static void copy(Map<String, INDArray> from, Map<String, INDArray> into) {
        into.forEach((name, array) -> array.assign(from.get(name)));
    }
}
