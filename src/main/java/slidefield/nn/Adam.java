package slidefield.nn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;
import slidefield.nn.kernels.Parallel;

/**
 * Adam (Kingma and Ba 2015) as PyTorch computes it: with m and v the moving averages of the gradient and its
 * square, t the parameter's own step count,
 * {@code value -= learningRate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)}. A parameter that is
 * frozen, or that the last backward pass did not reach, is left alone, its moments and step count too. Runs on all
 * cores and gives the same bits for any number of them.
 */
public final class Adam implements AutoCloseable {
    /** Elements of a turn of the parallel sweep. */
    private static final int GRAIN = 64 * Chunks.SIZE;

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
    public void step() {
        List<Turn> turns = new ArrayList<>();
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
                Turn.divide(slot, numbers, turns);
            }
        }
        Parallel.forEach(turns.size(), turn -> turns.get(turn).run());
    }

    /** A part of a dense sweep. */
    private record Turn(AdamSlot slot, FloatBuffer value, FloatBuffer gradient, float[] numbers, int from, int to) {
        static void divide(AdamSlot slot, float[] numbers, List<Turn> turns) {
            FloatBuffer value = HostMemory.floats(slot.parameter.value());
            FloatBuffer gradient = HostMemory.floats(slot.parameter.gradient());
            for (int from = 0; from < value.capacity(); from += GRAIN) {
                int to = (int) Math.min(value.capacity(), from + (long) GRAIN);
                turns.add(new Turn(slot, value, gradient, numbers, from, to));
            }
        }

        void run() {
            ChunkWork work = ChunkWork.own();
            List<AdamSlot> only = List.of(slot);
            for (int at = from; at < to; at += Chunks.SIZE) {
                int count = Math.min(Chunks.SIZE, to - at);
                work.load(value, only, at, count);
                gradient.get(at, work.gradient(), 0, count);
                slot.step(work.value(), work.state(0), work.gradient(), 0, count, numbers);
                work.store(value, only, at, count);
            }
        }
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
