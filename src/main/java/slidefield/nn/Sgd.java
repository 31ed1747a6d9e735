package slidefield.nn;

import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stochastic gradient descent with momentum as PyTorch computes it, without dampening:
 * {@code b = momentum b + gradient + weightDecay value; value -= learningRate b}, with b beginning at 0. Runs on all cores
 * and gives the same bits for any number of them.
 */
public final class Sgd implements Optimiser {
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final SgdOptions options;
    private double learningRate;

    /**
     * @param parameters by name; the names are those of {@link #state}
     * @param options validated
     */
    public Sgd(Map<String, Parameter> parameters, SgdOptions options) {
        parameters.forEach((name, parameter) -> slots.put(name, new Slot(parameter, options)));
        this.options = options;
        this.learningRate = options.learningRate();
    }

    @Override
    public void step() {
        DenseSweep sweep = new DenseSweep();
        Set<String> bad = new HashSet<>();
        for (Map.Entry<String, Slot> entry : slots.entrySet()) {
            Slot slot = entry.getValue();
            if (!slot.parameter.trainable() || !slot.parameter.hasGradient()) {
                continue;
            }
            if (slot.kept != null) {
                sweep.add(entry.getKey(), slot.parameter, slot, new float[] {(float) learningRate});
                continue;
            }
            if (NonFinite.isIn(slot.parameter.gradient())) {
                bad.add(entry.getKey());
            } else {
                slot.stepByReference(learningRate);
            }
        }
        bad.addAll(sweep.run());
        NonFinite.requireNone(bad, slots.keySet());
    }

    /** A parameter with the direction of its last step. */
    private static final class Slot implements ChunkUpdate {
        private final Parameter parameter;
        private final SgdOptions options;
        private final INDArray direction;
        private final FloatBuffer[] kept;

        Slot(Parameter parameter, SgdOptions options) {
            INDArray value = parameter.value();
            this.parameter = parameter;
            this.options = options;
            this.direction = Storage.MEMORY.zerosLike(value);
            boolean fast = HostMemory.holds(value) && HostMemory.holds(direction);
            this.kept = fast ? new FloatBuffer[] {HostMemory.floats(direction)} : null;
        }

        @Override
        public FloatBuffer[] state() {
            return kept;
        }

        @Override
        public void step(float[] value, float[][] state, float[] gradient, int offset, int count, float[] numbers) {
            float momentum = (float) options.momentum();
            float decay = (float) options.weightDecay();
            float rate = numbers[0];
            float[] last = state[0];
            for (int i = 0; i < count; i++) {
                float next = momentum * last[i] + gradient[offset + i] + decay * value[i];
                last[i] = next;
                value[i] -= rate * next;
            }
        }

        /** Any decay, and any direction that is left, moves on by itself. */
        @Override
        public boolean idles(float[] value, float[][] state, int count) {
            int bits = options.weightDecay() == 0 ? 0 : 1;
            for (int i = 0; i < count && bits == 0; i++) {
                bits = Float.floatToRawIntBits(state[0][i]);
            }
            return bits == 0;
        }

        /** The same by ND4J, in any precision and on any backend. */
        void stepByReference(double rate) {
            INDArray value = parameter.value();
            direction.muli(options.momentum());
            direction.addi(parameter.gradient());
            try (INDArray decayed = value.mul(options.weightDecay())) {
                direction.addi(decayed);
            }
            try (INDArray move = direction.mul(rate)) {
                value.subi(move);
            }
        }
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public void learningRate(double rate) {
        learningRate = new SgdOptions(rate, options.momentum(), options.weightDecay()).learningRate();
    }

    /** Frees the memory of the directions; nothing else may be called afterwards. */
    @Override
    public void close() {
        slots.values().forEach(slot -> slot.direction.close());
        slots.clear();
    }

    /** @return live arrays: for every parameter {@code name.momentum_buffer} */
    @Override
    public Map<String, INDArray> state() {
        Map<String, INDArray> state = new LinkedHashMap<>();
        slots.forEach((name, slot) -> state.put(name + ".momentum_buffer", slot.direction));
        return state;
    }
}
