package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;
import slidefield.nn.kernels.Nd4jRuntime;

class MappedStorageTest {
    static {
        Nd4jRuntime.prepare();
    }

    @TempDir
    Path folder;

    @Test
    void aMappedArrayIsAnArrayLikeAnyOther() {
        INDArray mapped = new MappedStorage(folder).zeros(DataType.FLOAT, 3, 4);
        assertEquals(0, mapped.sumNumber().doubleValue());

        mapped.addi(2).putScalar(1, 2, 42f);

        assertTrue(HostMemory.holds(mapped));
        assertArrayEquals(
                new float[] {2, 2, 2, 2, 2, 2, 42, 2, 2, 2, 2, 2},
                mapped.dup().data().asFloat());
        assertEquals(42f, HostMemory.floats(mapped).get(6));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void noFileIsLeftBehind() throws Exception {
        INDArray mapped = new MappedStorage(folder).zeros(DataType.FLOAT, 1000, 1000);
        mapped.addi(1);

        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
        assertEquals(1e6, mapped.sumNumber().doubleValue());
    }

    @Test
    void mappedArraysCountAsNoMemoryOfTheProcess() {
        long before = Pointer.totalBytes();

        INDArray mapped = new MappedStorage(folder).zeros(DataType.FLOAT, 10_000_000);

        assertTrue(Pointer.totalBytes() - before < 1_000_000, "as if it were " + (Pointer.totalBytes() - before));
        assertEquals(10_000_000, mapped.length());
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path absent = folder.resolve("absent");
        var refused = assertThrows(InputException.class, () -> new MappedStorage(absent).zeros(DataType.FLOAT, 10));
        assertTrue(refused.getMessage().contains("absent"), refused.getMessage());
    }
}
