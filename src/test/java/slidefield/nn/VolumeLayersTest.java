package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling and resizing of volumes against loops over every voxel. */
class VolumeLayersTest {
    private Engine engine;

    @BeforeEach
    void open() {
        engine = Engine.preferred();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static INDArray volume(long... shape) {
        return new Init(DataType.FLOAT, 5).normal(1, shape);
    }

    private INDArray result(INDArray x, Function<Tensor, Tensor> operation) {
        try (Tape tape = engine.inference()) {
            return operation.apply(tape.constant(x)).value().dup('c');
        }
    }

    /** The value at a voxel, or what lies outside. */
    private static double at(INDArray x, long n, long z, long y, long column, long c, double outside) {
        boolean inside = z >= 0 && z < x.size(1) && y >= 0 && y < x.size(2) && column >= 0 && column < x.size(3);
        return inside ? x.getDouble(n, z, y, column, c) : outside;
    }

    private interface Voxel {
        double at(long n, long z, long y, long x, long c);
    }

    private static void requireVoxels(INDArray found, Voxel expected) {
        for (long n = 0; n < found.size(0); n++) {
            for (long z = 0; z < found.size(1); z++) {
                for (long y = 0; y < found.size(2); y++) {
                    for (long x = 0; x < found.size(3); x++) {
                        for (long c = 0; c < found.size(4); c++) {
                            assertEquals(
                                    expected.at(n, z, y, x, c),
                                    found.getDouble(n, z, y, x, c),
                                    1e-5,
                                    n + " " + z + " " + y + " " + x + " " + c);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 0", "3, 2, 1", "3, 1, 1", "1, 1, 0"})
    void poolingSeesEveryVoxelOfItsWindow(int kernel, int stride, int padding) {
        // given
        INDArray x = volume(2, 6, 4, 5, 2);
        // when
        INDArray largest = result(x, t -> VolumePooling.max(t, kernel, stride, padding));
        INDArray mean = result(x, t -> VolumePooling.average(t, kernel, stride, padding));
        // then
        int taps = kernel * kernel * kernel;
        assertEquals((6 + 2L * padding - kernel) / stride + 1, largest.size(1));
        requireVoxels(largest, (n, z, y, column, c) -> {
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < taps; k++) {
                long down = y * stride - padding + k / kernel % kernel;
                long slice = z * stride - padding + k / kernel / kernel;
                double here =
                        at(x, n, slice, down, column * stride - padding + k % kernel, c, Double.NEGATIVE_INFINITY);
                most = Math.max(most, here);
            }
            return most;
        });
        requireVoxels(mean, (n, z, y, column, c) -> {
            double sum = 0;
            for (int k = 0; k < taps; k++) {
                long down = y * stride - padding + k / kernel % kernel;
                long slice = z * stride - padding + k / kernel / kernel;
                sum += at(x, n, slice, down, column * stride - padding + k % kernel, c, 0);
            }
            return sum / taps;
        });
    }

    @Test
    void theGradientOfEqualValuesGoesToTheFirst() {
        // given a volume of equal values
        INDArray x = new Init(DataType.FLOAT, 1).ones(1, 2, 2, 4, 1);
        try (Tape tape = engine.record()) {
            // when
            Tensor leaf = tape.variable(x);
            tape.backward(Arithmetic.sum(VolumePooling.max(leaf, 2, 2, 0)));
            // then
            double[] gradient = leaf.gradient()
                    .dup('c')
                    .castTo(DataType.DOUBLE)
                    .reshape('c', new long[] {16})
                    .toDoubleVector();
            assertArrayEquals(new double[] {1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, gradient);
        }
    }

    /** Where a result lies in the input: the same as for images, see {@code Resampling}. */
    private static double place(long o, long from, long to) {
        return Math.min(from - 1, Math.max(0, (o + 0.5) * from / to - 0.5));
    }

    @ParameterizedTest
    @CsvSource({"7, 8, 5", "2, 3, 9", "4, 6, 5", "1, 1, 1"})
    void interpolationIsTrilinear(int depth, int height, int width) {
        // given
        INDArray x = volume(2, 4, 3, 5, 2);
        // when
        INDArray found = result(x, t -> VolumeResampling.trilinear(t, depth, height, width));
        // then
        requireVoxels(found, (n, z, y, column, c) -> {
            double[] places = {place(z, 4, depth), place(y, 3, height), place(column, 5, width)};
            double sum = 0;
            for (int corner = 0; corner < 8; corner++) {
                double weight = 1;
                long[] voxel = new long[3];
                for (int axis = 0; axis < 3; axis++) {
                    double share = places[axis] - Math.floor(places[axis]);
                    boolean upper = (corner >> axis & 1) == 1;
                    weight *= upper ? share : 1 - share;
                    voxel[axis] = Math.min((long) Math.floor(places[axis]) + (upper ? 1 : 0), x.size(axis + 1) - 1);
                }
                sum += weight * x.getDouble(n, voxel[0], voxel[1], voxel[2], c);
            }
            return sum;
        });
    }

    @Test
    void nearestRepeatsEveryVoxelAndGlobalIsTheMeanOfAll() {
        INDArray x = volume(2, 2, 3, 1, 2);
        INDArray found = result(x, t -> VolumeResampling.nearest(t, 3));
        assertArrayEquals(new long[] {2, 6, 9, 3, 2}, found.shape());
        requireVoxels(found, (n, z, y, column, c) -> x.getDouble(n, z / 3, y / 3, column / 3, c));
        INDArray mean = result(x, VolumePooling::global);
        double sum = 0;
        for (int voxel = 0; voxel < 6; voxel++) {
            sum += x.getDouble(1, voxel / 3, voxel % 3, 0, 1);
        }
        assertEquals(sum / 6, mean.getDouble(1, 1), 1e-6);
    }

    @Test
    void whatIsNoVolumeIsRefused() {
        INDArray image = volume(1, 4, 4, 2);
        INDArray cube = volume(1, 4, 4, 4, 2);
        assertThrows(IllegalArgumentException.class, () -> result(image, VolumePooling::global));
        assertThrows(IllegalArgumentException.class, () -> result(image, x -> VolumePooling.max(x, 2, 2, 0)));
        assertThrows(IllegalArgumentException.class, () -> result(cube, x -> VolumePooling.average(x, 2, 2, 2)));
        assertThrows(IllegalArgumentException.class, () -> result(cube, x -> VolumePooling.max(x, 13, 1, 6)));
        assertThrows(IllegalArgumentException.class, () -> result(cube, x -> VolumeResampling.trilinear(x, 0, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> result(cube, x -> VolumeResampling.nearest(x, 0)));
        try (Tape tape = engine.inference()) {
            Tensor x = tape.constant(cube);
            assertSame(x, VolumeResampling.trilinear(x, 4, 4, 4));
        }
    }
}
