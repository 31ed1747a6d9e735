package slidefield.nn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;

/**
 * Exponential moving averages of parameters: average = d average + (1 - d) value, starting from the values at
 * construction. The decay d grows with the number of updates n as (1 + n) / (10 + n) until it reaches the one asked
 * for, so that the values before training are soon forgotten.
 */
public final class Ema {
    /** Name of the update count in the state. */
    private static final String UPDATES = "updates";

    private final Map<String, Parameter> parameters;
    private final Map<String, INDArray> averages = new LinkedHashMap<>();
    private final double decay;
    private final INDArray updates = Nd4j.createFromArray(new double[] {0});
    private boolean swapped;

    /**
     * @param parameters by name; averaged whether trainable or not
     * @param decay in [0, 1), reached after 9 decay / (1 - decay) updates
     */
    public Ema(Map<String, Parameter> parameters, double decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("EMA: decay must be in [0, 1), found " + decay);
        }
        this.parameters = new LinkedHashMap<>(parameters);
        this.decay = decay;
        parameters.forEach((name, parameter) ->
                averages.put(name, parameter.value().ulike().assign(parameter.value())));
    }

    /**
     * Averages in the live values, after an optimiser step.
     *
     * @throws IllegalStateException between {@link #swap} and its undoing
     */
    public void update() {
        if (swapped) {
            throw new IllegalStateException("the averages are live: swap them back before updating");
        }
        double n = updates.getDouble(0) + 1;
        updates.putScalar(0, n);
        double d = Math.min(decay, (1 + n) / (10 + n));
        averages.forEach((name, average) -> {
            INDArray value = parameters.get(name).value();
            average.muli(d);
            Nd4j.getBlasWrapper().level1().axpy(value.length(), 1 - d, flat(value), flat(average));
        });
    }

    /** Exchanges averages and live values, in place; a second call undoes it. */
    public void swap() {
        averages.forEach((name, average) -> Nd4j.getBlasWrapper()
                .level1()
                .swap(flat(average), flat(parameters.get(name).value())));
        swapped = !swapped;
    }

    /** @return whether the parameters hold the averages now */
    public boolean swapped() {
        return swapped;
    }

    /**
     * @return live arrays: the averages by parameter name (the trained values while swapped), and {@value #UPDATES},
     *     one DOUBLE
     */
    public Map<String, INDArray> state() {
        Map<String, INDArray> state = new LinkedHashMap<>(averages);
        state.put(UPDATES, updates);
        return state;
    }

    /**
     * Continues from a saved {@link #state}; everything is checked before the first array is changed.
     *
     * @param state exactly the names of {@link #state}
     * @throws InputException if a name is missing or unknown, or a shape differs
     */
    public void load(Map<String, INDArray> state) {
        Map<String, INDArray> own = state();
        if (!own.keySet().equals(state.keySet())) {
            throw new InputException(
                    "the averages are of other parameters: expected " + own.keySet() + ", found " + state.keySet());
        }
        own.forEach((name, average) -> {
            if (!Arrays.equals(average.shape(), state.get(name).shape())) {
                throw new InputException("the average \"" + name + "\" has another shape: expected "
                        + Shapes.text(average.shape()) + ", found "
                        + Shapes.text(state.get(name).shape()));
            }
        });
        own.forEach((name, average) -> average.assign(state.get(name)));
    }

    private static INDArray flat(INDArray array) {
        return array.reshape('c', new long[] {array.length()});
    }
}
