package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.kernels.Nd4jRuntime;

/** Steps that are put off until a chunk is read must leave the bits of steps that are made at once. */
class DeferredTest {
    static {
        Nd4jRuntime.prepare();
    }

    /** Eleven chunks, the last of them short. */
    private static final int LENGTH = 10 * Chunks.SIZE + 37;

    /** A parameter with its optimiser and average, fed with the same gradients either densely or sparsely. */
    private static final class Fit {
        private final Engine engine = Engine.reference(DataType.FLOAT);
        private final Chunks chunks;
        private final SparseGradient sparse;
        private final Parameter parameter;
        private final Adam adam;
        private final Ema average;
        private final boolean dense;

        Fit(int length, AdamOptions options, boolean dense) {
            this.dense = dense;
            chunks = new Chunks(length);
            sparse = new SparseGradient(chunks);
            parameter = new Parameter(new Init(DataType.FLOAT, 3).normal(1e-2, length));
            adam = new Adam(Map.of("p", parameter), options);
            average = new Ema(Map.of("p", parameter), 0.95);
        }

        /** One step with a random gradient in two random chunks of the first nine tenths. */
        void step(int k) {
            Random random = new Random(k);
            int length = (int) chunks.length();
            chunks.clear();
            for (int n = 0; n < 2; n++) {
                int at = random.nextInt(length * 9 / 10);
                chunks.add(at, at + 1);
            }
            Arrays.fill(sparse.reset(), 0);
            for (int n = 0; n < chunks.size(); n++) {
                for (int i = 0; i < Chunks.size(chunks.at(n), length); i++) {
                    sparse.values()[n * Chunks.SIZE + i] = i % 3 == 0 ? 0 : (float) random.nextGaussian();
                }
            }
            adam.learningRate(0.01 / (1 + k % 7));
            try (Tape tape = engine.record()) {
                if (dense) {
                    INDArray whole = Nd4j.create(DataType.FLOAT, length);
                    sparse.writeTo(whole);
                    parameter.gradient(whole);
                } else {
                    Tensor leaf = tape.parameter(parameter, chunks);
                    leaf.accumulate(sparse);
                    parameter.gradientOf(leaf);
                }
                adam.step();
                average.update();
            }
        }

        /** Every array by name; reading brings them up to date. */
        Map<String, float[]> arrays() {
            Map<String, float[]> copy = new LinkedHashMap<>();
            copy.put("value", parameter.value().toFloatVector());
            adam.state().forEach((name, array) -> copy.put("adam " + name, array.toFloatVector()));
            average.state().forEach((name, array) -> copy.put("average " + name, array.toFloatVector()));
            return copy;
        }
    }

    private static void assertSameBits(Map<String, float[]> expected, Map<String, float[]> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, array) -> assertArrayEquals(bits(array), bits(found.get(name)), name));
    }

    private static int[] bits(float[] array) {
        int[] bits = new int[array.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(array[i]));
        return bits;
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0.1, false", "0.1, true"})
    void puttingStepsOffLeavesTheBitsOfDenseSweeps(double decay, boolean decoupled) {
        // given
        AdamOptions options = new AdamOptions(0.01, 0.9, 0.99, 1e-15, decay, decoupled);
        Fit dense = new Fit(LENGTH, options, true);
        Fit sparse = new Fit(LENGTH, options, false);

        // when, with a look at all in between
        for (int k = 0; k < 60; k++) {
            dense.step(k);
            sparse.step(k);
            if (k == 20) {
                assertTrue(sparse.parameter.isBehind());
                assertSameBits(dense.arrays(), sparse.arrays());
                assertFalse(sparse.parameter.isBehind());
            }
        }

        // then
        assertTrue(sparse.parameter.isBehind());
        assertSameBits(dense.arrays(), sparse.arrays());
        assertFalse(sparse.parameter.isBehind());
    }

    @Test
    void moreStepsThanAreWrittenDownLeaveTheSameBits() {
        AdamOptions options = AdamOptions.of(0.01);
        Fit dense = new Fit(3 * Chunks.SIZE, options, true);
        Fit sparse = new Fit(3 * Chunks.SIZE, options, false);

        for (int k = 0; k < Deferred.LIMIT / 2 + 10; k++) {
            dense.step(k);
            sparse.step(k);
        }

        assertSameBits(dense.arrays(), sparse.arrays());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anyNumberOfThreadsGivesTheSameBits(int threads) throws Exception {
        Fit here = new Fit(200 * Chunks.SIZE, AdamOptions.of(0.01), false);
        Fit there = new Fit(200 * Chunks.SIZE, AdamOptions.of(0.01), false);
        Fit dense = new Fit(200 * Chunks.SIZE, AdamOptions.of(0.01), true);
        ForkJoinPool pool = new ForkJoinPool(threads);

        for (int k = 0; k < 20; k++) {
            int step = k;
            here.step(k);
            pool.submit(() -> there.step(step)).get();
            pool.submit(() -> dense.step(step)).get();
        }

        Map<String, float[]> found = pool.submit(there::arrays).get();
        pool.shutdown();
        assertSameBits(here.arrays(), found);
        assertSameBits(here.arrays(), dense.arrays());
    }

    @Test
    void aSwapOfTheAveragesSeesAllSteps() {
        Fit dense = new Fit(LENGTH, AdamOptions.of(0.01), true);
        Fit sparse = new Fit(LENGTH, AdamOptions.of(0.01), false);
        for (int k = 0; k < 10; k++) {
            dense.step(k);
            sparse.step(k);
        }

        dense.average.swap();
        sparse.average.swap();

        assertSameBits(dense.arrays(), sparse.arrays());
    }

    @Test
    void aChunkThatIsReadIsUpToDateAndOthersMayNotBe() {
        // given steps that reach only the first nine tenths
        Fit dense = new Fit(LENGTH, new AdamOptions(0.01, 0.9, 0.99, 1e-8, 0.1, false), true);
        Fit sparse = new Fit(LENGTH, new AdamOptions(0.01, 0.9, 0.99, 1e-8, 0.1, false), false);
        float start = sparse.parameter.array().getFloat(LENGTH - 1);
        for (int k = 0; k < 5; k++) {
            dense.step(k);
            sparse.step(k);
        }
        Chunks last = new Chunks(LENGTH);
        last.add(LENGTH - 1, LENGTH);

        float behind = sparse.parameter.array().getFloat(LENGTH - 1);
        float read = sparse.parameter.value(last).getFloat(LENGTH - 1);

        float expected = dense.parameter.value().getFloat(LENGTH - 1);
        assertEquals(expected, read);
        assertTrue(expected != start, "it should move");
        assertEquals(start, behind, "all five steps should be put off");
    }

    @Test
    void twoSparseGradientsOfOneLeafAreAdded() {
        Parameter parameter = new Parameter(Nd4j.create(DataType.FLOAT, 2 * Chunks.SIZE));
        SparseGradient[] parts = new SparseGradient[2];
        for (int n = 0; n < 2; n++) {
            Chunks chunks = new Chunks(2 * Chunks.SIZE);
            chunks.add(n * Chunks.SIZE / 2, Chunks.SIZE);
            chunks.add(n * Chunks.SIZE, n * Chunks.SIZE + 1);
            parts[n] = new SparseGradient(chunks);
            Arrays.fill(parts[n].reset(), 1 + n);
        }
        try (Engine engine = Engine.reference(DataType.FLOAT);
                Tape tape = engine.record()) {
            Tensor leaf = tape.parameter(parameter);
            leaf.accumulate(parts[0]);
            leaf.accumulate(parts[1]);
            parameter.gradientOf(leaf);

            assertEquals(null, parameter.sparseGradient());
            float[] expected = new float[2 * Chunks.SIZE];
            Arrays.fill(expected, 0, Chunks.SIZE, 3);
            Arrays.fill(expected, Chunks.SIZE, 2 * Chunks.SIZE, 2);
            assertArrayEquals(expected, parameter.gradient().toFloatVector());
        }
    }
}
