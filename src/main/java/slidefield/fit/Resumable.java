package slidefield.fit;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A training that can stop between two epochs and go on elsewhere with the same bits.
 *
 * <p>Not thread-safe: for the thread that trains.
 */
public interface Resumable {
    /** What every epoch so far came to. */
    List<EpochReport> reports();

    /** The names of the slides that it learns from, in order: another set is another training. */
    List<String> slides();

    /** Every array that a checkpoint holds, by name, live: weights and the optimiser's moments. */
    Map<String, INDArray> state();

    /**
     * Goes to where another training of the same settings and slides stood after the given epochs, except for the
     * arrays: {@link #state()} then has the same names and shapes as the other's, to be filled.
     */
    void restore(List<EpochReport> done);
}
