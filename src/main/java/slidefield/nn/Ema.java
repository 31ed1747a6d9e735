package slidefield.nn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;
import slidefield.nn.kernels.Parallel;

/**
 * Exponential moving averages of parameters: average = d average + (1 - d) value, starting from the values at
 * construction. The decay d grows with the number of updates n as (1 + n) / (10 + n) until it reaches the one asked
 * for, so that the values before training are soon forgotten.
 */
public final class Ema implements AutoCloseable {
    /** Name of the update count in the state. */
    private static final String UPDATES = "updates";

    /** Chunks of a turn of the parallel sweep. */
    private static final int GRAIN = 64;

    private final Map<String, Slot> slots = new LinkedHashMap<>();
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
        this.decay = decay;
        parameters.forEach((name, parameter) -> {
            INDArray average = Storage.MEMORY.zerosLike(parameter.value());
            slots.put(name, new Slot(parameter, average.assign(parameter.value())));
        });
    }

    /** A parameter with its average, and the arithmetic on float32 arrays in the processor's memory. */
    private static final class Slot implements ChunkUpdate {
        private final Parameter parameter;
        private final INDArray average;
        private final FloatBuffer[] state;

        Slot(Parameter parameter, INDArray average) {
            this.parameter = parameter;
            this.average = average;
            boolean fast = HostMemory.holds(average) && HostMemory.holds(parameter.value());
            state = fast ? new FloatBuffer[] {HostMemory.floats(average)} : null;
        }

        @Override
        public FloatBuffer[] state() {
            return state;
        }

        /** Moves by a share of the distance, so that an average that has arrived stays, bit for bit. */
        @Override
        public void step(float[] value, float[][] state, float[] unused, int offset, int count, float[] numbers) {
            float[] average = state[0];
            float share = numbers[0];
            for (int i = 0; i < count; i++) {
                average[i] += share * (value[i] - average[i]);
            }
        }

        @Override
        public boolean idles(float[] value, float[][] state, int count) {
            return Arrays.equals(value, 0, count, state[0], 0, count);
        }

        void update(double share) {
            if (state == null) {
                average.muli(1 - share);
                INDArray value = parameter.value();
                Nd4j.getBlasWrapper().level1().axpy(value.length(), share, flat(value), flat(average));
            } else if (parameter.defers()) {
                parameter.deferred().log(this, new float[] {(float) share});
            } else {
                sweep((float) share);
            }
        }

        private void sweep(float share) {
            FloatBuffer value = HostMemory.floats(parameter.value());
            int chunks = Chunks.count(value.capacity());
            float[] numbers = {share};
            List<Slot> only = List.of(this);
            Parallel.forEach((chunks + GRAIN - 1) / GRAIN, turn -> {
                ChunkWork work = ChunkWork.own();
                for (int chunk = turn * GRAIN; chunk < Math.min(chunks, (turn + 1) * GRAIN); chunk++) {
                    int count = Chunks.size(chunk, value.capacity());
                    work.load(value, only, chunk * Chunks.SIZE, count);
                    step(work.value(), work.state(0), null, 0, count, numbers);
                    work.store(value, only, chunk * Chunks.SIZE, count);
                }
            });
        }
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
        double share = 1 - Math.min(decay, (1 + n) / (10 + n));
        slots.values().forEach(slot -> slot.update(share));
    }

    /** Exchanges averages and live values, in place; a second call undoes it. */
    public void swap() {
        slots.values()
                .forEach(slot -> Nd4j.getBlasWrapper().level1().swap(flat(slot.parameter.value()), flat(slot.average)));
        swapped = !swapped;
    }

    /** Frees the averages' memory; nothing else may be called afterwards. */
    @Override
    public void close() {
        slots.values().forEach(slot -> {
            slot.parameter.settle();
            slot.average.close();
        });
        slots.clear();
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
        Map<String, INDArray> state = new LinkedHashMap<>();
        slots.forEach((name, slot) -> {
            slot.parameter.settle();
            state.put(name, slot.average);
        });
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
