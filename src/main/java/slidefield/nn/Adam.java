package slidefield.nn;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
     *
     * @throws NonFiniteException if a gradient is not finite, or in float32 its square; nothing was changed by
     *     that gradient, but maybe by others
     */
    @Override
    public void step() {
        DenseSweep sweep = new DenseSweep();
        Set<String> bad = new HashSet<>();
        for (Map.Entry<String, AdamSlot> entry : slots.entrySet()) {
            AdamSlot slot = entry.getValue();
            if (!slot.isDue()) {
                continue;
            }
            int before = slot.begin();
            float[] numbers = slot.numbers(before, learningRate);
            SparseGradient sparse = slot.parameter.sparseGradient();
            boolean finite = true;
            if (!slot.runsFast()) {
                finite = !NonFinite.isIn(slot.parameter.gradient());
                if (finite) {
                    new AdamReference(options, learningRate, before).step(slot);
                }
            } else if (sparse != null) {
                finite = slot.parameter.deferred().step(slot, numbers, sparse);
            } else {
                sweep.add(entry.getKey(), slot.parameter, slot, numbers);
            }
            if (!finite) {
                bad.add(entry.getKey());
            }
        }
        bad.addAll(sweep.run());
        NonFinite.requireNone(bad, slots.keySet());
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
