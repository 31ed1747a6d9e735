package slidefield.nn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import slidefield.io.InputException;

/**
 * Adam (Kingma and Ba 2015) as PyTorch computes it: with m and v the moving averages of the gradient and its
 * square, t the parameter's own step count,
 * {@code value -= learningRate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)}. A parameter that is
 * frozen, or that the last backward pass did not reach, is left alone, its moments and step count too.
 */
public final class Adam {
    /** Elements updated at a time: the work array stays in the cache, and large tables need no second copy. */
    private static final int CHUNK = 1 << 18;

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final AdamOptions options;
    private double learningRate;

    /** A parameter with its moments. */
    private static final class Slot {
        private final Parameter parameter;
        private final INDArray m;
        private final INDArray v;
        private final INDArray steps = Nd4j.createFromArray(new double[] {0});

        Slot(Parameter parameter) {
            this.parameter = parameter;
            this.m = parameter.value().ulike().assign(0);
            this.v = parameter.value().ulike().assign(0);
        }
    }

    /**
     * @param parameters by name; the names are those of {@link #state}
     * @param options validated
     */
    public Adam(Map<String, Parameter> parameters, AdamOptions options) {
        parameters.forEach((name, parameter) -> slots.put(name, new Slot(parameter)));
        this.options = options;
        this.learningRate = options.learningRate();
    }

    /** Changes every trainable parameter that has a gradient. To be called before the tape closes. */
    public void step() {
        for (Slot slot : slots.values()) {
            if (slot.parameter.trainable() && slot.parameter.gradient() != null) {
                step(slot);
            }
        }
    }

    private void step(Slot slot) {
        int done = (int) slot.steps.getDouble(0);
        slot.steps.putScalar(0, done + 1.0);
        INDArray value = flat(slot.parameter.value());
        INDArray gradient = flat(slot.parameter.gradient());
        INDArray m = flat(slot.m);
        INDArray v = flat(slot.v);
        long length = value.length();
        try (INDArray update = work(value, length);
                INDArray decayed = work(value, couples() ? length : 1)) {
            for (long start = 0; start < length; start += CHUNK) {
                long end = Math.min(length, start + CHUNK);
                step(
                        done,
                        part(value, start, end),
                        part(gradient, start, end),
                        part(m, start, end),
                        part(v, start, end),
                        part(update, 0, end - start),
                        couples() ? part(decayed, 0, end - start) : null);
            }
        }
    }

    private void step(
            int done, INDArray value, INDArray gradient, INDArray m, INDArray v, INDArray update, INDArray decayed) {
        INDArray g = gradient;
        if (decayed != null) {
            value.muli(options.weightDecay(), decayed);
            decayed.addi(gradient);
            g = decayed;
        } else if (options.weightDecay() > 0) {
            value.muli(1 - learningRate * options.weightDecay());
        }
        // ND4J adds its epsilon to sqrt(v) and corrects the bias outside, so PyTorch's is scaled to match.
        double epsilon = options.epsilon() * Math.sqrt(1 - Math.pow(options.beta2(), done + 1.0));
        // It also replaces a rate of 0 by epsilon: a rate of 1 gives the moments, and the update is dropped below.
        double rate = learningRate > 0 ? learningRate : 1;
        Nd4j.exec(new AdamUpdater(g, v, m, update, v, m, rate, options.beta1(), options.beta2(), epsilon, done));
        if (learningRate > 0) {
            value.subi(update);
        }
    }

    private boolean couples() {
        return options.weightDecay() > 0 && !options.decoupled();
    }

    private static INDArray flat(INDArray array) {
        return array.reshape('c', new long[] {array.length()});
    }

    private static INDArray part(INDArray flat, long start, long end) {
        return flat.length() == end - start ? flat : flat.get(NDArrayIndex.interval(start, end));
    }

    private static INDArray work(INDArray like, long length) {
        return Nd4j.createUninitializedDetached(like.dataType(), 'c', Math.min(CHUNK, length));
    }

    /** @return the rate of the next step */
    public double learningRate() {
        return learningRate;
    }

    /**
     * @param rate of the following steps, at least 0
     */
    public void learningRate(double rate) {
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("Adam: learningRate must be at least 0, found " + rate);
        }
        learningRate = rate;
    }

    /**
     * @return live arrays: for every parameter {@code name.exp_avg} and {@code name.exp_avg_sq} (the moments) and
     *     {@code name.step} (one DOUBLE)
     */
    public Map<String, INDArray> state() {
        Map<String, INDArray> state = new LinkedHashMap<>();
        slots.forEach((name, slot) -> {
            state.put(name + ".exp_avg", slot.m);
            state.put(name + ".exp_avg_sq", slot.v);
            state.put(name + ".step", slot.steps);
        });
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
}
