package slidefield.nn;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A parameter with its moments, and Adam's arithmetic on float32 arrays in the processor's memory. */
final class AdamSlot implements ChunkUpdate {
    final Parameter parameter;
    final INDArray m;
    final INDArray v;
    final INDArray steps = Nd4j.createFromArray(new double[] {0});
    private final AdamOptions options;
    private final FloatBuffer[] moments;

    /**
     * @param parameter to be optimised
     * @param options validated
     * @param storage where the moments live
     */
    AdamSlot(Parameter parameter, AdamOptions options, Storage storage) {
        INDArray value = parameter.value();
        this.parameter = parameter;
        this.options = options;
        this.m = storage.zerosLike(value);
        this.v = storage.zerosLike(value);
        boolean fast = HostMemory.holds(value) && HostMemory.holds(m) && HostMemory.holds(v);
        this.moments = fast ? new FloatBuffer[] {HostMemory.floats(m), HostMemory.floats(v)} : null;
    }

    /** Whether the loops below can be used; the ND4J reference is otherwise. */
    boolean runsFast() {
        return moments != null;
    }

    /** Whether the last backward pass reached a parameter that is not frozen. */
    boolean isDue() {
        return parameter.trainable() && parameter.hasGradient();
    }

    /** @return the number of steps before the one that begins now */
    int begin() {
        int before = (int) steps.getDouble(0);
        steps.putScalar(0, before + 1.0);
        return before;
    }

    /**
     * What changes from step to step: the rate with both bias corrections in it, epsilon scaled to match, and what
     * decoupled weight decay leaves of the value.
     */
    float[] numbers(int before, double learningRate) {
        double secondBias = Math.sqrt(1 - Math.pow(options.beta2(), before + 1.0));
        double rate = learningRate * secondBias / (1 - Math.pow(options.beta1(), before + 1.0));
        double kept = options.decoupled() ? 1 - learningRate * options.weightDecay() : 1;
        return new float[] {(float) rate, (float) (options.epsilon() * secondBias), (float) kept};
    }

    @Override
    public FloatBuffer[] state() {
        return moments;
    }

    @Override
    public void step(float[] value, float[][] state, float[] gradient, int offset, int count, float[] numbers) {
        if (options.weightDecay() == 0) {
            move(value, state[0], state[1], gradient, offset, count, numbers[0], numbers[1]);
        } else if (options.decoupled()) {
            for (int i = 0; i < count; i++) {
                value[i] *= numbers[2];
            }
            move(value, state[0], state[1], gradient, offset, count, numbers[0], numbers[1]);
        } else {
            float decay = (float) options.weightDecay();
            float[] decayed = new float[count];
            for (int i = 0; i < count; i++) {
                decayed[i] = gradient[offset + i] + decay * value[i];
            }
            move(value, state[0], state[1], decayed, 0, count, numbers[0], numbers[1]);
        }
    }

    /** Vectorised by the compiler, root and division included; every operation rounds as IEEE 754 says. */
    private void move(
            float[] value, float[] m, float[] v, float[] g, int offset, int count, float rate, float epsilon) {
        float beta1 = (float) options.beta1();
        float beta2 = (float) options.beta2();
        float rest1 = (float) (1 - options.beta1());
        float rest2 = (float) (1 - options.beta2());
        for (int i = 0; i < count; i++) {
            float gradient = g[offset + i];
            float mean = beta1 * m[i] + rest1 * gradient;
            float square = beta2 * v[i] + rest2 * gradient * gradient;
            m[i] = mean;
            v[i] = square;
            value[i] -= rate * mean / ((float) Math.sqrt(square) + epsilon);
        }
    }

    /** Where both moments are zero, a step without a gradient moves nothing. */
    @Override
    public boolean idles(float[] value, float[][] state, int count) {
        int bits = options.weightDecay() == 0 ? 0 : 1;
        for (int i = 0; i < count && bits == 0; i++) {
            bits = Float.floatToRawIntBits(state[0][i]) | Float.floatToRawIntBits(state[1][i]);
        }
        return bits == 0;
    }
}
