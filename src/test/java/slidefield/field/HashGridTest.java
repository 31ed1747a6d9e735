package slidefield.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.HostMemory;
import slidefield.nn.MappedStorage;
import slidefield.nn.Storage;
import slidefield.nn.Tape;

class HashGridTest {
    private static final Window WINDOW = Window.of(640, 448, 640 / 448.0, 37, 61, 23, 17);

    @Test
    void thePapersLevelsHaveTheKnownResolutionsAndEntries() {
        List<HashLevel> levels = FieldOptions.paper().hashGrid().plan();

        assertEquals(
                List.of(16, 24, 36, 54, 81, 122, 183, 274, 411, 616, 923, 1384, 2076, 3114, 4671, 7007),
                levels.stream().map(HashLevel::resolution).toList());
        assertEquals(
                List.of(
                        256, 576, 1296, 2920, 6568, 14888, 33496, 75080, 168928, 379456, 851936, 1915456, 4194304,
                        4194304, 4194304, 4194304),
                levels.stream().map(HashLevel::entries).toList());
        assertEquals(40_456_144, FieldOptions.paper().hashGrid().parameterCount());
    }

    @Test
    void aVertexOfAHashedLevelIsFoundByTheSpatialHash() {
        HashLevel hashed = new HashLevel(4670, 4671, 1 << 22, 0, false);

        long expected = (1234L ^ (987L * 2654435761L & 0xFFFFFFFFL)) & ((1 << 22) - 1);

        assertEquals(expected, hashed.entry(1234, 987));
    }

    @Test
    void aPointOnAVertexGivesThatVertexsEntry() {
        HashGridOptions one = new HashGridOptions(1, 10, 2, 16, 1.5);
        HashGrid grid = HashGrid.create(one, DataType.FLOAT, 3);
        // The vertex (5, 7) lies where coordinate * 15 + 0.5 is a whole number.
        Window point = new Window(4.5 / 15, 6.5 / 15, 1, 1, 1, 1);

        INDArray out = Nd4j.create(DataType.FLOAT, 1, 2);
        forward(grid, point, out);

        assertEquals(grid.table().value().getFloat(7 * 16 + 5, 0), out.getFloat(0, 0), 1e-9);
        assertEquals(grid.table().value().getFloat(7 * 16 + 5, 1), out.getFloat(0, 1), 1e-9);
    }

    /** Windows finer and coarser than the finest cells, of one column, of one row, and over the slide's far edge. */
    static List<Window> windows() {
        return List.of(
                WINDOW,
                Window.of(3000, 2100, 640 / 448.0, 1037, 861, 23, 17),
                Window.of(20, 14, 640 / 448.0, 1, 0, 19, 13),
                Window.of(640, 448, 640 / 448.0, 400, 300, 1, 40),
                Window.of(640, 448, 640 / 448.0, 400, 300, 40, 1),
                Window.of(640, 640, 1, 600, 600, 50, 50));
    }

    @ParameterizedTest
    @CsvSource({"1,6,12", "2,8,12", "2,3,6", "2,16,5", "4,10,16", "3,7,3", "2,14,10"})
    void theFastLoopsEqualTheReference(int features, int log2Table, int levels) {
        for (Window window : windows()) {
            theFastLoopsEqualTheReference(features, log2Table, levels, window);
        }
    }

    private static void theFastLoopsEqualTheReference(int features, int log2Table, int levels, Window window) {
        HashGridOptions options = new HashGridOptions(levels, log2Table, features, 16, 1.5);
        HashGrid grid = HashGrid.create(options, DataType.FLOAT, 11);
        int width = grid.features();
        INDArray fast = Nd4j.create(DataType.FLOAT, window.points(), width);
        INDArray plain = Nd4j.create(DataType.FLOAT, window.points(), width);

        forward(grid, window, fast);
        grid.reference().forward(grid.table().value(), window, plain);

        assertClose(plain, fast);

        INDArray gradient = gaussian(fast.shape(), 12);
        INDArray plainSums = Nd4j.create(DataType.FLOAT, grid.table().value().shape());
        INDArray fastSums = backward(grid, window, gradient);
        grid.reference().backward(gradient, window, plainSums);

        assertClose(plainSums, fastSums);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anyNumberOfThreadsGivesTheSameBits(int threads) throws Exception {
        HashGrid grid = HashGrid.create(new HashGridOptions(12, 9, 2, 16, 1.5), DataType.FLOAT, 5);
        INDArray gradient = gaussian(new long[] {WINDOW.points(), grid.features()}, 6);

        INDArray encoded = Nd4j.create(DataType.FLOAT, gradient.shape());
        INDArray encodedAgain = Nd4j.create(DataType.FLOAT, gradient.shape());

        forward(grid, WINDOW, encoded);
        INDArray once = backward(grid, WINDOW, gradient);
        ForkJoinPool pool = new ForkJoinPool(threads);
        pool.submit(() -> forward(grid, WINDOW, encodedAgain)).get();
        INDArray again = pool.submit(() -> backward(grid, WINDOW, gradient)).get();
        pool.shutdown();

        assertArrayEquals(floats(encoded), floats(encodedAgain));
        assertArrayEquals(floats(once), floats(again));
    }

    @Test
    void aPlanIsUsedAgainForWindowsOfAllSizes() {
        // given a grid that has seen others, with chunks and sums that must not show
        HashGrid grid = HashGrid.create(new HashGridOptions(12, 9, 2, 16, 1.5), DataType.FLOAT, 5);
        for (Window window : windows()) {
            backward(grid, window, gaussian(new long[] {window.points(), grid.features()}, 7));
        }
        INDArray gradient = gaussian(new long[] {WINDOW.points(), grid.features()}, 6);

        INDArray used = backward(grid, WINDOW, gradient);

        HashGrid fresh = HashGrid.create(grid.options(), DataType.FLOAT, 5);
        assertArrayEquals(floats(backward(fresh, WINDOW, gradient)), floats(used));
    }

    @Test
    void twoWindowsOnOneTapeAddTheirGradients() {
        HashGrid grid = HashGrid.create(new HashGridOptions(6, 9, 2, 16, 1.5), DataType.FLOAT, 5);
        Window other = windows().get(2);
        INDArray both;
        try (Engine engine = Engine.reference(DataType.FLOAT);
                Tape tape = engine.record()) {
            tape.backward(Arithmetic.add(
                    Arithmetic.sum(grid.encode(tape, WINDOW)), Arithmetic.sum(grid.encode(tape, other))));
            both = grid.table().gradient().dup();
        }

        INDArray one = backward(grid, WINDOW, ones(grid, WINDOW));
        INDArray two = backward(grid, other, ones(grid, other));

        assertClose(one.add(two), both);
    }

    private static INDArray ones(HashGrid grid, Window window) {
        return Nd4j.ones(DataType.FLOAT, window.points(), grid.features());
    }

    private static void forward(HashGrid grid, Window window, INDArray out) {
        GridPlan plan = grid.kernel().plan(window);
        grid.kernel().forward(HostMemory.floats(grid.table().value()), plan, HostMemory.floats(out));
        grid.kernel().give(plan);
    }

    private static INDArray backward(HashGrid grid, Window window, INDArray gradient) {
        INDArray sums =
                Nd4j.create(DataType.FLOAT, grid.table().value().shape()).addi(99);
        GridPlan plan = grid.kernel().plan(window);
        plan.touch();
        grid.kernel().backward(HostMemory.floats(gradient), plan).writeTo(sums);
        grid.kernel().give(plan);
        return sums;
    }

    private static float[] floats(INDArray array) {
        return array.data().asFloat();
    }

    @Test
    void aTableInAFileHoldsTheSameEntries(@TempDir Path folder) {
        HashGridOptions options = new HashGridOptions(6, 10, 2, 16, 1.5);

        INDArray inMemory = HashTable.create(options, DataType.FLOAT, 21, Storage.MEMORY);
        INDArray mapped = HashTable.create(options, DataType.FLOAT, 21, new MappedStorage(folder));

        assertEquals(inMemory, mapped);
    }

    @Test
    void freshEntriesAreSmallAndDifferentForEachSeed() {
        HashGridOptions options = new HashGridOptions(4, 10, 2, 16, 1.5);
        INDArray one = HashGrid.create(options, DataType.FLOAT, 1).table().value();
        INDArray two = HashGrid.create(options, DataType.FLOAT, 2).table().value();

        assertTrue(one.amaxNumber().doubleValue() <= 1e-4);
        assertTrue(one.ameanNumber().doubleValue() > 3e-5);
        assertTrue(!one.equals(two));
    }

    @ParameterizedTest
    @CsvSource({
        "0,16,2,16,1.5,levels",
        "12,40,2,16,1.5,log2Table",
        "12,16,0,16,1.5,features",
        "12,16,2,1,1.5,baseResolution",
        "12,16,2,16,1.0,levelScale",
        "32,16,2,16,4,finest"
    })
    void impossibleSizesAreRefusedByName(int levels, int log2, int f, int base, double scale, String named) {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> new HashGridOptions(levels, log2, f, base, scale));

        assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }

    private static INDArray gaussian(long[] shape, long seed) {
        Random random = new Random(seed);
        INDArray made = Nd4j.create(DataType.FLOAT, shape);
        for (long i = 0; i < made.length(); i++) {
            made.putScalar(i, (float) random.nextGaussian());
        }
        return made;
    }

    private static void assertClose(INDArray expected, INDArray actual) {
        double scale = Math.max(1e-12, expected.amaxNumber().doubleValue());
        double worst = expected.sub(actual).amaxNumber().doubleValue() / scale;
        assertTrue(worst < 1e-5, "relative difference " + worst);
    }
}
