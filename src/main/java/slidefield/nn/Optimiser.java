package slidefield.nn;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;

/**
 * What changes parameters by their gradients. A parameter that is frozen, or that the last backward pass did not reach,
 * is left alone, and what is kept of it too.
 */
public interface Optimiser extends AutoCloseable {
    /**
     * Changes every trainable parameter that has a gradient. To be called before the tape closes.
     *
     * @throws NonFiniteException if a gradient is not finite, or in float32 its square; nothing was changed by
     *     that gradient, but maybe by others
     */
    void step();

    /** @return the rate of the next step */
    double learningRate();

    /**
     * @param rate of the following steps, at least 0
     * @throws IllegalArgumentException if it is negative or not finite
     */
    void learningRate(double rate);

    /** @return the live arrays that are kept between steps, by names that begin with those of the parameters */
    Map<String, INDArray> state();

    /**
     * Continues from a saved {@link #state}; everything is checked before the first array is changed.
     *
     * @param state exactly the names of {@link #state}
     * @throws InputException if a name is missing or unknown, or a shape differs
     */
    default void load(Map<String, INDArray> state) {
        Map<String, INDArray> own = state();
        if (!own.keySet().equals(state.keySet())) {
            throw new InputException("the optimiser state is of other parameters: expected " + own.keySet() + ", found "
                    + state.keySet());
        }
        own.forEach((name, array) -> {
            if (!Arrays.equals(array.shape(), state.get(name).shape())) {
                throw new InputException("the optimiser state \"" + name + "\" has another shape: expected "
                        + Shapes.text(array.shape()) + ", found "
                        + Shapes.text(state.get(name).shape()));
            }
        });
        own.forEach((name, array) -> array.assign(state.get(name)));
    }

    /** Frees the memory of what is kept; nothing else may be called afterwards. */
    @Override
    void close();
}
