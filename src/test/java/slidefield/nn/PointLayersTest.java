package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What implicit networks look up at points, and adaptive windows, against numbers worked out otherwise. */
class PointLayersTest {
    private Engine engine;

    @BeforeEach
    void open() {
        engine = Engine.preferred();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private double[] values(INDArray x, Function<Tensor, Tensor> operation) {
        try (Tape tape = engine.inference()) {
            INDArray found = operation.apply(tape.constant(x)).value();
            return found.castTo(DataType.DOUBLE).reshape(found.length()).toDoubleVector();
        }
    }

    private static INDArray image(double[][] rows) {
        return Nd4j.createFromArray(rows).castTo(DataType.FLOAT).reshape('c', 1, rows.length, rows[0].length, 1);
    }

    @Test
    void aPointSeesTheFourPixelsAroundItAndNothingBeyondTheEdge() {
        // given
        INDArray x = image(new double[][] {{1, 2, 4}, {8, 16, 32}});

        // when: a centre, between two, between four, half outside, a corner's quarter, outside
        float[] rows = {1, 0, 0.5f, -0.5f, 1.5f, 2};
        float[] columns = {2, 0.5f, 1.5f, 1, 2.5f, 0};
        double[] found = values(x, t -> Resampling.at(t, rows, columns));

        // then
        assertArrayEquals(new double[] {32, 1.5, (2 + 4 + 16 + 32) / 4.0, 1, 8, 0}, found, 1e-6);
    }

    @Test
    void everyImageHasItsOwnPoints() {
        INDArray x = Nd4j.createFromArray(new float[] {1, 10, 2, 20}).reshape('c', 2, 1, 1, 2);

        double[] found = values(x, t -> Resampling.at(t, new float[] {0, 0, 0, 0.5f}, new float[4]));

        assertArrayEquals(new double[] {1, 10, 1, 10, 2, 20, 1, 10}, found, 1e-6);
    }

    @Test
    void pointsOnTheLatticeOfAnotherSizeAreTheResizedImage() {
        // given the inner pixels of an image made larger: none of them sees beyond an edge
        INDArray x = new Init(DataType.FLOAT, 3).normal(1, 2, 5, 6, 3);
        float[] rows = new float[2 * 9 * 7];
        float[] columns = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = i % 63 / 9;
            int column = i % 9;
            rows[i] = (row + 1.5f) / 2 - 0.5f;
            columns[i] = (column + 1.5f) / 2 - 0.5f;
        }

        // when
        double[] points = values(x, t -> Resampling.at(t, rows, columns));
        double[] resized = values(x, t -> Shapes.crop(Resampling.bilinear(t, 10, 12, false), 1, 1, 7, 9));

        // then
        assertArrayEquals(resized, points, 1e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 12, 3, 3",
        "7, 5, 3, 4",
        "26, 13, 2, 1",
        "3, 3, 12, 12",
        "17, 64, 4, 4",
        "5, 6, 5, 6",
        "34, 9, 1, 3"
    })
    void adaptiveWindowsCoverAnyImage(int height, int width, int high, int wide) {
        // given
        Random random = new Random(height);
        double[][][] pixels = new double[2][height][width];
        INDArray x = Nd4j.createUninitialized(DataType.FLOAT, 2, height, width, 1);
        for (int n = 0; n < 2; n++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    pixels[n][row][column] = (float) random.nextGaussian();
                    x.putScalar(new int[] {n, row, column, 0}, pixels[n][row][column]);
                }
            }
        }

        // when
        double[] found = values(x, t -> Pooling.adaptiveMax(t, high, wide));

        // then every window's largest, with the bounds as real numbers
        double[] expected = new double[2 * high * wide];
        for (int k = 0; k < expected.length; k++) {
            int row = k / wide % high;
            int column = k % wide;
            expected[k] = Double.NEGATIVE_INFINITY;
            for (int y = (int) Math.floor((double) row * height / high);
                    y < Math.ceil((row + 1.0) * height / high - 1e-9);
                    y++) {
                for (int z = (int) Math.floor((double) column * width / wide);
                        z < Math.ceil((column + 1.0) * width / wide - 1e-9);
                        z++) {
                    expected[k] = Math.max(expected[k], pixels[k / (high * wide)][y][z]);
                }
            }
        }
        assertArrayEquals(expected, found, 0);
    }

    @Test
    void modulationScalesAndShiftsEveryRowByItsOwn() {
        INDArray x = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}, {5, 6}});
        INDArray gamma = Nd4j.createFromArray(new float[][] {{10, 100}, {2, 3}});
        INDArray beta = Nd4j.createFromArray(new float[][] {{1, 0}, {0, -1}});
        try (Tape tape = engine.inference()) {
            INDArray found = FeatureModulation.modulate(
                            tape.constant(x), tape.constant(gamma), tape.constant(beta), new int[] {1, 0, 1})
                    .value();
            assertArrayEquals(
                    new float[] {2, 5, 31, 400, 10, 17}, found.reshape(6).toFloatVector(), 1e-5f);
        }
    }

    @Test
    void withoutAnAffineMapThereIsNothingToLearn() {
        BatchNorm norm = BatchNorm.withoutAffine(new Init(DataType.FLOAT, 1), 2, 1e-5, 0.1);

        double[] found = values(Nd4j.createFromArray(new float[][] {{0, 5}, {2, 9}}), norm::forward);

        assertEquals(0, norm.parameterCount());
        assertArrayEquals(new double[] {-1, -1, 1, 1}, found, 1e-4);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        try (Tape tape = engine.inference()) {
            Tensor two = tape.constant(new Init(DataType.FLOAT, 1).zeros(2, 3, 3, 1));
            Tensor flat = tape.constant(new Init(DataType.FLOAT, 1).zeros(3, 3));
            assertSaid("each of 2 images", () -> Resampling.at(two, new float[3], new float[3]));
            assertSaid("found 2 rows and 4 columns", () -> Resampling.at(two, new float[2], new float[4]));
            assertSaid("found 0 rows", () -> Resampling.at(two, new float[0], new float[0]));
            float[] nowhere = {0, Float.NaN};
            assertSaid("point 1 is at (0.0, NaN)", () -> Resampling.at(two, nowhere, new float[2]));
            assertSaid("an image of N x H x W x C", () -> Resampling.at(flat, new float[2], new float[2]));
            assertSaid("at least 1 x 1 windows", () -> Pooling.adaptiveMax(two, 0, 3));
            assertSaid(
                    "a scale of N x 3",
                    () -> FeatureModulation.modulate(
                            flat, tape.constant(new Init(DataType.FLOAT, 1).zeros(3, 2)), flat, new int[3]));
            assertSaid("found the row 3", () -> FeatureModulation.modulate(flat, flat, flat, new int[] {0, 3, 1}));
            assertSaid("a matrix of 2 rows", () -> FeatureModulation.modulate(flat, flat, flat, new int[2]));
        }
    }

    private static void assertSaid(String part, Runnable work) {
        String said = assertThrows(IllegalArgumentException.class, work::run).getMessage();
        assertTrue(said.contains(part), said);
    }
}
