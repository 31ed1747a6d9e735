package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/** Pooling, resizing, batch normalisation and transposed convolution against numbers worked out otherwise. */
class ImageLayersTest {
    private Engine engine;

    @BeforeEach
    void open() {
        engine = Engine.preferred();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static INDArray line(double... values) {
        return Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape('c', 1, 1, values.length, 1);
    }

    private double[] values(INDArray x, Function<Tensor, Tensor> operation) {
        try (Tape tape = engine.inference()) {
            return doubles(operation.apply(tape.constant(x)).value());
        }
    }

    private static double[] doubles(INDArray array) {
        return array.dup('c').castTo(DataType.DOUBLE).reshape(array.length()).toDoubleVector();
    }

    @Test
    void theGradientOfEqualValuesGoesToTheFirst() {
        // given an image of equal values
        INDArray x = new Init(DataType.FLOAT, 1).ones(1, 4, 4, 1);

        try (Tape tape = engine.record()) {
            // when
            Tensor leaf = tape.variable(x);
            tape.backward(Arithmetic.sum(Pooling.max(leaf, 2, 2, 0)));

            // then
            assertArrayEquals(new double[] {1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0}, doubles(leaf.gradient()));
        }
    }

    @Test
    void overlappingWindowsAddTheirGradients() {
        INDArray x = line(0, 5, 1, 2);
        try (Tape tape = engine.record()) {
            // given
            Tensor leaf = tape.variable(x);

            // when windows of three columns see the line, the outer ones two columns of it
            Tensor largest = Pooling.max(leaf, 3, 1, 1);
            tape.backward(Arithmetic.sum(largest));

            // then
            assertArrayEquals(new double[] {5, 5, 5, 2}, doubles(largest.value()));
            assertArrayEquals(new double[] {0, 3, 0, 1}, doubles(leaf.gradient()));
        }
    }

    @Test
    void meansAreMeans() {
        assertArrayEquals(
                new double[] {2.5, 6.5},
                values(line(1, 2, 3, 4, 5, 6, 7, 8).reshape('c', 1, 4, 2, 1), x -> Pooling.average(x, 2, 2)));
    }

    @Test
    void paddingIsZeroAndCounts() {
        // given three pixels in a line, when windows of 3 x 3 with stride 2 and padding 1 see them
        // then each mean is of nine values, the outer columns seeing two pixels
        assertArrayEquals(
                new double[] {1, 5.0 / 3},
                values(line(3, 6, 9), x -> Pooling.average(x, new Convolution(3, 2, 1, 1))),
                1e-6);
    }

    @Test
    void aGlobalMeanIsOfTheWholeImage() {
        assertArrayEquals(new double[] {4}, values(line(1, 2, 9), Pooling::global), 1e-6);
    }

    @Test
    void rowsAreTakenByIndex() {
        // given a matrix of two columns
        INDArray x = line(1, 2, 3, 4, 5, 6).reshape('c', 3, 2);

        // when, then
        assertArrayEquals(
                new double[] {5, 6, 1, 2, 5, 6}, values(x, m -> Shapes.gatherRows(m, new int[] {2, 0, 2})), 0);
        for (int[] wrong : new int[][] {{3}, {-1}, {}}) {
            assertThrows(IllegalArgumentException.class, () -> values(x, m -> Shapes.gatherRows(m, wrong)));
        }
    }

    @Test
    void initialValuesAreNormalAndCut() {
        // given many values of each kind
        Init init = new Init(DataType.FLOAT, 3);
        INDArray cut = init.truncatedNormal(1, 1.5, 20000);
        INDArray he = init.kaimingNormal(9 * 32, 20000);

        // when, then: a normal distribution cut at 1.5 deviations has the deviation 0.743
        assertTrue(cut.amaxNumber().doubleValue() <= 1.5);
        assertEquals(0.743, cut.stdNumber().doubleValue(), 0.02);
        assertEquals(Math.sqrt(2.0 / (9 * 32)), he.stdNumber().doubleValue(), 0.002);
        assertEquals(0, cut.meanNumber().doubleValue(), 0.02);
        assertThrows(IllegalArgumentException.class, () -> init.truncatedNormal(1, 0.5, 3));
        assertThrows(IllegalArgumentException.class, () -> init.kaimingNormal(0, 3));
        INDArray uniform = init.heUniform(9 * 32, 20000);
        assertEquals(Math.sqrt(2.0 / (9 * 32)), uniform.stdNumber().doubleValue(), 0.002);
        assertEquals(Math.sqrt(6.0 / (9 * 32)), uniform.amaxNumber().doubleValue(), 1e-3);
        assertThrows(IllegalArgumentException.class, () -> init.heUniform(0, 3));
    }

    @Test
    void linearInterpolationIsPyTorchs() {
        // as torch.nn.functional.interpolate of 1.13 in its mode "linear"
        assertArrayEquals(
                new double[] {0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3},
                values(line(0, 1, 2, 3), x -> Resampling.bilinear(x, 1, 8, false)),
                1e-6);
        assertArrayEquals(
                new double[] {0, 0.5, 1, 1.5, 2, 2.5, 3},
                values(line(0, 1, 2, 3), x -> Resampling.bilinear(x, 1, 7, true)),
                1e-6);
        assertArrayEquals(
                new double[] {2.0 / 3, 3, 16.0 / 3},
                values(line(0, 1, 2, 3, 4, 5, 6), x -> Resampling.bilinear(x, 1, 3, false)),
                1e-6);
        assertArrayEquals(
                new double[] {0, 3, 6},
                values(line(0, 1, 2, 3, 4, 5, 6), x -> Resampling.bilinear(x, 1, 3, true)),
                1e-6);
    }

    @Test
    void theSameSizeIsTheSameImage() {
        try (Tape tape = engine.inference()) {
            Tensor x = tape.constant(line(1, 2, 3));
            assertSame(x, Resampling.bilinear(x, 1, 3, false));
        }
    }

    @Test
    void batchStatisticsGoIntoTheRunningOnes() {
        // given four values of one channel, of mean 2.5, variance 1.25 and unbiased variance 5/3
        BatchNorm norm = new BatchNorm(new Init(DataType.FLOAT, 1), 1, 1e-5, 0.1);
        Map<String, INDArray> state = norm.values();

        // when
        double[] standard = values(line(1, 2, 3, 4), norm::forward);

        // then
        double deviation = Math.sqrt(1.25 + 1e-5);
        assertArrayEquals(
                new double[] {-1.5 / deviation, -0.5 / deviation, 0.5 / deviation, 1.5 / deviation}, standard, 1e-6);
        assertEquals(0.25, state.get("running_mean").getDouble(0), 1e-6);
        assertEquals(0.9 + 0.1 * 5 / 3, state.get("running_var").getDouble(0), 1e-6);

        // when it has learnt
        norm.training(false);
        double[] later = values(line(1, 2), norm::forward);

        // then the running ones are used, and stay
        double running = Math.sqrt(0.9 + 0.1 * 5 / 3 + 1e-5);
        assertArrayEquals(new double[] {0.75 / running, 1.75 / running}, later, 1e-6);
        assertEquals(0.25, state.get("running_mean").getDouble(0), 1e-6);
    }

    @Test
    void aLargeMeanDoesNotSpoilTheVariance() {
        // given a channel whose first pixel is far from the others, which are near to each other
        int count = 1 << 17;
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 1000 + (i % 2 == 0 ? 0.5 : -0.5);
        }
        numbers[0] = -1000;
        BatchNorm norm = new BatchNorm(new Init(DataType.FLOAT, 1), 1, 1e-5, 1);

        // when
        values(line(numbers), norm::forward);

        // then
        double mean = 1000 - 2000.5 / count;
        double square = 0;
        for (double number : numbers) {
            square += (number - mean) * (number - mean);
        }
        assertEquals(mean, norm.values().get("running_mean").getDouble(0), 1e-3);
        assertEquals(square / (count - 1), norm.values().get("running_var").getDouble(0), 1e-3 * square / count);
    }

    @Test
    void oneValuePerChannelHasNoVariance() {
        BatchNorm norm = new BatchNorm(new Init(DataType.FLOAT, 1), 3, 1e-5, 0.1);
        INDArray one = new Init(DataType.FLOAT, 2).ones(1, 1, 1, 3);
        assertThrows(IllegalArgumentException.class, () -> values(one, norm::forward));
        norm.training(false);
        assertEquals(3, values(one, norm::forward).length);
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 5, 7, 4", "3, 2, 4, 1, 2", "4, 1, 3, 6, 5"})
    void everyPixelBecomesASquare(int stride, int images, int size, int in, int out) {
        // given
        Init init = new Init(DataType.FLOAT, 9);
        INDArray x = init.normal(1, images, size, size + 1, in);
        INDArray w = init.normal(1, stride, stride, in, out);
        INDArray bias = init.normal(1, out);

        try (Tape tape = engine.inference()) {
            // when
            INDArray y = Convolutions.transposed(
                            tape.constant(x), tape.constant(w), tape.constant(bias), stride, Activation.NONE)
                    .value();

            // then, by definition
            assertArrayEquals(new long[] {images, (long) stride * size, (long) stride * (size + 1), out}, y.shape());
            for (long n = 0; n < images; n++) {
                for (long i = 0; i < y.size(1); i++) {
                    for (long j = 0; j < y.size(2); j++) {
                        for (long o = 0; o < out; o++) {
                            double sum = bias.getDouble(o);
                            for (long c = 0; c < in; c++) {
                                sum += x.getDouble(n, i / stride, j / stride, c)
                                        * w.getDouble(i % stride, j % stride, c, o);
                            }
                            assertEquals(sum, y.getDouble(n, i, j, o), 1e-4);
                        }
                    }
                }
            }
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        try (Tape tape = engine.inference()) {
            Tensor x = tape.constant(line(1, 2, 3, 4));
            assertThrows(IllegalArgumentException.class, () -> Pooling.max(x, 2, 2, 0));
            assertThrows(IllegalArgumentException.class, () -> Pooling.max(x, 3, 1, 2));
            assertThrows(IllegalArgumentException.class, () -> Pooling.max(x, 12, 1, 6));
            assertThrows(IllegalArgumentException.class, () -> Resampling.bilinear(x, 0, 4, true));
            Tensor w = tape.constant(new Init(DataType.FLOAT, 1).ones(2, 2, 3, 1));
            assertThrows(IllegalArgumentException.class, () -> Convolutions.transposed(x, w, null, 2, Activation.NONE));
        }
        Init init = new Init(DataType.FLOAT, 1);
        assertThrows(IllegalArgumentException.class, () -> new BatchNorm(init, 3, 0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new BatchNorm(init, 3, 1e-5, 0));
        for (Activation activation : List.of(Activation.SIGMOID, Activation.TANH, Activation.LEAKY_RELU_02)) {
            assertThrows(IllegalArgumentException.class, () -> new BatchNorm(init, 3, 1e-5, 1, activation));
        }
    }
}
