package slidefield.nn;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import slidefield.nn.kernels.Parallel;

/**
 * Dropout (Srivastava et al. 2014): in training each value is 0 with a given probability and otherwise divided by the
 * probability to stay; afterwards nothing happens. What is dropped follows from the seed and the number of training
 * passes so far, which is saved with the network, so a resumed run drops what the uninterrupted one would have dropped.
 */
public sealed class Dropout extends Module permits SpatialDropout {
    private static final int CHUNK = 1 << 14;

    private final double rate;
    private final long seed;
    /** One value: training passes so far. */
    private final INDArray passes;

    /**
     * @param init gives the type; nothing is drawn
     * @param rate probability of a value to be dropped, in [0, 1)
     * @param seed of what is dropped; another one for every dropout of a network
     */
    public Dropout(Init init, double rate, long seed) {
        requireRate(rate);
        this.rate = rate;
        this.seed = seed;
        this.passes = buffer("passes", init.zeros(1));
    }

    @Override
    public final Tensor forward(Tensor x) {
        if (!training() || rate == 0) {
            return x;
        }
        // exact in float32 up to 16 million passes; it stays there afterwards
        long pass = (long) passes.getDouble(0);
        passes.putScalar(0, pass + 1.0);
        return dropped(x, rate, mix(seed + 0x9E3779B97F4A7C15L * (pass + 1)));
    }

    /** One training pass: what is dropped follows from the key. */
    Tensor dropped(Tensor x, double share, long key) {
        return drop(x, share, key);
    }

    /**
     * @param x any shape
     * @param rate probability of a value to be dropped, in [0, 1)
     * @param key what is dropped follows from it and a value's place alone
     * @return x with some values set to 0 and the others divided by 1 - rate
     */
    public static Tensor drop(Tensor x, double rate, long key) {
        requireRate(rate);
        INDArray mask = x.tape().allocate(x.shape());
        fill(mask, rate, key);
        return times(x, mask);
    }

    /** x with every value multiplied by that of the mask, which has the shape of x and is the tape's. */
    static Tensor times(Tensor x, INDArray mask) {
        Tape tape = x.tape();
        Tensor in = Arithmetic.cast(x, tape.engine().type());
        INDArray y = tape.allocate(x.shape());
        tape.kernels().multiply(in.value(), mask, y);
        Tensor out = tape.node(y, List.of(in), g -> {
            tape.kernels().multiply(g, mask, g);
            in.accumulate(g);
        });
        return Arithmetic.cast(out, x.type());
    }

    /** 0 with the given probability, else 1 / (1 - rate). */
    static void fill(INDArray mask, double rate, long key) {
        if (HostMemory.holds(mask)) {
            FloatBuffer floats = HostMemory.floats(mask);
            Parallel.forEach(chunks(mask), chunk -> {
                float[] values = values(mask, chunk, rate, key);
                floats.put(chunk * CHUNK, values, 0, values.length);
            });
            return;
        }
        INDArray flat = mask.reshape('c', new long[] {mask.length()});
        for (int chunk = 0; chunk < chunks(mask); chunk++) {
            float[] values = values(mask, chunk, rate, key);
            long start = (long) chunk * CHUNK;
            try (INDArray part = Nd4j.createFromArray(values)) {
                flat.get(NDArrayIndex.interval(start, start + values.length)).assign(part);
            }
        }
    }

    private static int chunks(INDArray mask) {
        return Math.toIntExact((mask.length() + CHUNK - 1) / CHUNK);
    }

    private static float[] values(INDArray mask, int chunk, double rate, long key) {
        long start = (long) chunk * CHUNK;
        float[] values = new float[(int) Math.min(CHUNK, mask.length() - start)];
        int low = (int) mix(key + start);
        int high = (int) (mix(key + start) >>> 32);
        int dropped = (int) Math.round(rate * (1 << 24));
        float kept = (float) (1 / (1 - rate));
        for (int i = 0; i < values.length; i++) {
            int random = scramble(scramble(i ^ low) + high) >>> 8;
            values[i] = random < dropped ? 0 : kept;
        }
        return values;
    }

    /** A permutation of the whole numbers that looks random (C. Wellons, "lowbias32"). */
    private static int scramble(int number) {
        int x = number;
        x = (x ^ (x >>> 16)) * 0x7feb352d;
        x = (x ^ (x >>> 15)) * 0x846ca68b;
        return x ^ (x >>> 16);
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long number) {
        long z = number;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static void requireRate(double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout: the rate must be in [0, 1), found " + rate);
        }
    }
}
