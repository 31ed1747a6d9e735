package slidefield.nic;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Module;

/**
 * What an {@link EncoderTrainer} makes learn: networks, their loss and their optimisers.
 *
 * <p>Not thread-safe: for the thread that trains.
 */
public interface EncoderLearner extends AutoCloseable {
    /** All that learns, and what a checkpoint holds of it. */
    Module network();

    /** The part of it that is the result. */
    Module encoder();

    /** Whether the weights of the best validation are the result; otherwise the last ones are, and nothing is validated. */
    boolean validates();

    /**
     * One step.
     *
     * @param batch to learn from
     * @param rate of the optimiser
     * @param seed of the step's choices
     * @return the loss before it
     */
    double learn(EncoderBatch batch, double rate, long seed);

    /**
     * What the weights now come to for a batch that is not learnt from; the network is not in training.
     *
     * @param batch of examples
     * @param seed of its choices, the same whenever this batch is checked
     * @return mean over the examples, the less the better
     */
    double check(EncoderBatch batch, long seed);

    /** The live arrays of the optimisers by name. */
    Map<String, INDArray> optimiser();

    /** Gives the optimisers' memory back; nothing can be learnt afterwards. */
    @Override
    void close();
}
