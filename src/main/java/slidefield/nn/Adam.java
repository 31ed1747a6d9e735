package slidefield.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adam (Kingma and Ba 2015) as PyTorch computes it: with m and v the moving averages of the gradient and its
 * square, t the parameter's own step count,
 * {@code value -= learningRate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)}. A parameter that is
 * frozen, or that the last backward pass did not reach, is left alone, its moments and step count too. Runs on all
 * cores and gives the same bits for any number of them.
 */
public final class Adam implements Optimiser {
    private final Map<String, AdamSlot> slots = new LinkedHashMap<>();
    private final AdamOptions options;
    private double learningRate;

    /**
     * @param parameters by name; the names are those of {@link #state}
     * @param options validated
     */
    public Adam(Map<String, Parameter> parameters, AdamOptions options) {
        this(parameters, options, Storage.MEMORY);
    }

    /**
     * @param parameters by name; the names are those of {@link #state}
     * @param options validated
     * @param storage where the moments live
     */
    public Adam(Map<String, Parameter> parameters, AdamOptions options, Storage storage) {
        parameters.forEach((name, parameter) -> slots.put(name, new AdamSlot(parameter, options, storage)));
        this.options = options;
        this.learningRate = options.learningRate();
    }

    /**
     * Changes every trainable parameter that has a gradient. To be called before the tape closes. Where a gradient
     * is sparse, elements without one are changed when they are read next.
     */
    @Override
    public void step() {
        DenseSweep sweep = new DenseSweep();
        for (AdamSlot slot : slots.values()) {
            if (!slot.isDue()) {
                continue;
            }
            int before = slot.begin();
            float[] numbers = slot.numbers(before, learningRate);
            SparseGradient sparse = slot.parameter.sparseGradient();
            if (!slot.runsFast()) {
                new AdamReference(options, learningRate, before).step(slot);
            } else if (sparse != null) {
                slot.parameter.deferred().step(slot, numbers, sparse);
            } else {
                sweep.add(slot.parameter, slot, numbers);
            }
        }
        sweep.run();
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void learningRate(double rate) {
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("Adam: learningRate must be at least 0, found " + rate);
        }
        learningRate = rate;
    }

    /** Frees the moments' memory; nothing else may be called afterwards. */
    @Override
    public void close() {
        slots.values().forEach(slot -> {
            slot.parameter.settle();
            slot.m.close();
            slot.v.close();
        });
        slots.clear();
    }

    /**
     * @return live arrays: for every parameter {@code name.exp_avg} and {@code name.exp_avg_sq} (the moments) and
     *     {@code name.step} (one DOUBLE)
     */
    @Override
    public Map<String, INDArray> state() {
        Map<String, INDArray> state = new LinkedHashMap<>();
        slots.forEach((name, slot) -> {
            slot.parameter.settle();
            state.put(name + ".exp_avg", slot.m);
            state.put(name + ".exp_avg_sq", slot.v);
            state.put(name + ".step", slot.steps);
        });
        return state;
    }
}
