package slidefield.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.nio.file.Files;
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
        grid.kernel().forward(HashTable.floats(grid.table().value()), point, HashTable.floats(out));

        assertEquals(grid.table().value().getFloat(7 * 16 + 5, 0), out.getFloat(0, 0), 1e-9);
        assertEquals(grid.table().value().getFloat(7 * 16 + 5, 1), out.getFloat(0, 1), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"1,6,12", "2,8,12", "2,16,5", "4,10,16", "3,7,3"})
    void theFastLoopsEqualTheReference(int features, int log2Table, int levels) {
        HashGridOptions options = new HashGridOptions(levels, log2Table, features, 16, 1.5);
        HashGrid grid = HashGrid.create(options, DataType.FLOAT, 11);
        int width = grid.features();
        INDArray fast = Nd4j.create(DataType.FLOAT, WINDOW.points(), width);
        INDArray plain = Nd4j.create(DataType.FLOAT, WINDOW.points(), width);

        grid.kernel().forward(HashTable.floats(grid.table().value()), WINDOW, HashTable.floats(fast));
        grid.reference().forward(grid.table().value(), WINDOW, plain);

        assertClose(plain, fast);

        INDArray gradient = gaussian(fast.shape(), 12);
        INDArray fastSums =
                Nd4j.create(DataType.FLOAT, grid.table().value().shape()).addi(99);
        INDArray plainSums = Nd4j.create(DataType.FLOAT, grid.table().value().shape());
        grid.kernel().backward(HashTable.floats(gradient), WINDOW, HashTable.floats(fastSums));
        grid.reference().backward(gradient, WINDOW, plainSums);

        assertClose(plainSums, fastSums);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anyNumberOfThreadsGivesTheSameBits(int threads) throws Exception {
        HashGrid grid = HashGrid.create(new HashGridOptions(12, 9, 2, 16, 1.5), DataType.FLOAT, 5);
        INDArray gradient = gaussian(new long[] {WINDOW.points(), grid.features()}, 6);

        float[] once = backward(grid, gradient);
        ForkJoinPool pool = new ForkJoinPool(threads);
        float[] again = pool.submit(() -> backward(grid, gradient)).get();
        pool.shutdown();

        assertArrayEquals(once, again);
    }

    private static float[] backward(HashGrid grid, INDArray gradient) {
        FloatBuffer sums = FloatBuffer.allocate((int) grid.table().value().length());
        grid.kernel().backward(HashTable.floats(gradient), WINDOW, sums);
        return sums.array();
    }

    @Test
    void aTableInAFileHoldsTheSameEntriesAndKeepsWhatIsWritten(@TempDir Path folder) {
        HashGridOptions options = new HashGridOptions(6, 10, 2, 16, 1.5);
        Path file = folder.resolve("slide.table");
        HashGrid inMemory = HashGrid.create(options, DataType.FLOAT, 21);
        HashGrid mapped = HashGrid.mapped(options, 21, file);

        assertEquals(inMemory.table().value(), mapped.table().value());

        mapped.table().value().putScalar(17, 0, 42f);
        HashGrid reopened = HashGrid.of(options, HashTable.map(options, file));
        assertEquals(42f, reopened.table().value().getFloat(17, 0));
    }

    @Test
    void aMappedTableHasTheSizeOfItsEntries(@TempDir Path folder) throws Exception {
        HashGridOptions options = new HashGridOptions(6, 10, 2, 16, 1.5);
        Path file = folder.resolve("slide.table");

        HashGrid.mapped(options, 1, file);

        assertEquals(4 * options.parameterCount(), Files.size(file));
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
