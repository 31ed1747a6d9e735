package slidefield.nn.kernels;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What this machine can do at best, as the yardstick of everything else: the arithmetic of one large matrix product
 * and the bandwidth of a sweep over arrays that no cache holds. The best of several rounds counts, because other work
 * on the machine can only slow a round down.
 */
public final class PeakProbe {
    /** Side of the square matrices: 17.2 GFLOP a product, nearly all of it in the cache. */
    static final int SIZE = 2048;

    /** Elements of each of the three arrays of the sweep: 64 MiB, twice the largest cache of common processors. */
    private static final int LENGTH = 1 << 24;

    private static final int WARM_UP = 2;
    private static final int ROUNDS = 12;
    private static final int BLOCKS = 64;
    private static final long SEED = 1;

    private PeakProbe() {}

    /** One matrix product on memory that is already laid out as it should be. */
    interface Product extends AutoCloseable {
        void run();

        @Override
        void close();
    }

    /**
     * Arithmetic per second of a square matrix product on all threads: ND4J's for the reference kernels, else oneDNN's
     * with free choice of layout. A multiplication and an addition are two operations.
     *
     * @param kernels whose yardstick is wanted
     * @param type FLOAT, or with oneDNN BFLOAT16 (factors and product in bf16, sums in float32)
     * @return GFLOP/s, the best of several rounds
     * @throws IllegalArgumentException for any other type
     * @throws IllegalStateException if oneDNN has no product of this type on this processor
     */
    public static double gflops(Kernels kernels, DataType type) {
        try (Product product = product(kernels, type)) {
            return 2e-9 * SIZE * SIZE * SIZE / bestSeconds(product::run);
        }
    }

    private static Product product(Kernels kernels, DataType type) {
        boolean reference = kernels instanceof Nd4jKernels;
        if (type != DataType.FLOAT && (reference || type != DataType.BFLOAT16)) {
            throw new IllegalArgumentException("no peak of " + kernels.name() + " kernels is known in " + type);
        }
        return reference ? new Nd4jProduct(SIZE, SEED) : new OneDnnProduct(type, SIZE, SEED);
    }

    /**
     * Memory bandwidth of {@code a = b + 3 c} (STREAM's triad) on all threads. Counted as STREAM does: two arrays read
     * and one written, not what the processor reads of a before it overwrites it.
     *
     * @return GB/s (10^9 bytes), the best of several rounds
     */
    public static double gigabytesPerSecond() {
        float[] a = filled(1);
        float[] b = filled(2);
        float[] c = filled(3);
        double seconds = bestSeconds(() -> Parallel.forEach(BLOCKS, block -> {
            int from = LENGTH / BLOCKS * block;
            triad(a, b, c, from, from + LENGTH / BLOCKS);
        }));
        return 1e-9 * 3 * Float.BYTES * LENGTH / seconds;
    }

    private static void triad(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = b[i] + 3 * c[i];
        }
    }

    private static float[] filled(float value) {
        float[] array = new float[LENGTH];
        Arrays.fill(array, value);
        return array;
    }

    private static double bestSeconds(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = System.nanoTime();
            work.run();
            if (round >= 0) {
                best = Math.min(best, System.nanoTime() - start);
            }
        }
        return best * 1e-9;
    }

    /** Values in (-1, 1) for both factors, row-major. */
    static float[] values(int length, Random random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /** The product by ND4J's BLAS. */
    private static final class Nd4jProduct implements Product {
        private final INDArray a;
        private final INDArray b;
        private final INDArray c;

        Nd4jProduct(int size, long seed) {
            Nd4jRuntime.prepare();
            Random random = new Random(seed);
            a = Nd4j.createFromArray(values(size * size, random)).reshape('c', size, size);
            b = Nd4j.createFromArray(values(size * size, random)).reshape('c', size, size);
            c = Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', size, size);
        }

        @Override
        public void run() {
            a.mmuli(b, c);
            Nd4j.getExecutioner().commit();
        }

        @Override
        public void close() {
            a.close();
            b.close();
            c.close();
        }
    }
}
