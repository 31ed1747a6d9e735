package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.io.InputException;
import slidefield.nn.Engine;

/** Keras models of our own making: read, and refused where something is wrong with them. */
class KerasModelTest {
    @TempDir
    private Path folder;

    private record Wrong(String name, Consumer<KerasFile> change, String... says) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Wrong config(String name, String from, String to, String... says) {
        return new Wrong(
                name,
                file -> {
                    assertTrue(file.config.contains(from), from);
                    file.config = file.config.replace(from, to);
                },
                says);
    }

    static Stream<Wrong> wrongs() {
        return Stream.of(
                new Wrong("no config", file -> file.config = null, "no model_config"),
                config("no JSON", "\"class_name\"", "class name", "damaged"),
                config("padded", "valid", "same", "layer c1", "padding valid", "found same"),
                config("stride 1", "\"strides\": [2, 2]", "\"strides\": [1, 1]", "strides [2,2], found [1,1]"),
                config("another slope", "0.20000000298023224", "0.3", "layer l1", "alpha 0.2, found 0.3"),
                config("another epsilon", "0.001", "0.00001", "layer b1", "epsilon 0.001"),
                config("another layer", "LeakyReLU", "ReLU", "layer l1: expected LeakyReLU, found ReLU"),
                config("no normalisation", "\"Flatten\"", "\"Dropout\"", "expected Flatten, found Dropout"),
                config("an activation", "\"units\": 3, \"activation\": \"linear\"", "\"units\": 3, \"activation\": \"tanh\"", "layer d", "found tanh"),
                config("no square", "[null, 6, 6, 3]", "[null, 6, 5, 3]", "6 x 5"),
                config("too small", "[null, 6, 6, 3]", "[null, 2, 2, 3]", "layers must be at most 0"),
                config("two colours", "[null, 6, 6, 3]", "[null, 6, 6, 2]", "colours"),
                config("larger than its arrays", "\"filters\": 2", "\"filters\": 4096", "c1/kernel:0", "[3, 3, 3, 2], expected [3, 3, 3, 4096]"),
                new Wrong("an array missing", file -> file.arrays.remove("b1/gamma:0"), "holds no b1/gamma:0"),
                new Wrong("another shape", file -> file.arrays.put("d/bias:0", new float[4]), "d/bias:0 has the shape [4], expected [3]"),
                new Wrong("doubles", file -> file.arrays.put("d/bias:0", new double[3]), "d/bias:0 holds double"),
                new Wrong("no number", file -> file.arrays.put("d/bias:0", new float[] {0, Float.NaN, 0}), "d/bias:0 holds NaN"));
    }

    @Test
    void aModelIsReadArrayByArray() {
        KerasFile keras = new KerasFile();
        Path file = folder.resolve("small.h5");
        keras.write(file);
        TrainedEncoder read = KerasEncoder.read(file, DataType.FLOAT);
        assertEquals(new BiGanEncoderOptions(12, 3, 2, 1, 2, 3), read.options());
        assertArrayEquals(
                (float[]) keras.arrays.get("b1/moving_variance:0"),
                read.network().values().get("norm0.running_var").toFloatVector());
        assertArrayEquals(
                ((float[][]) keras.arrays.get("d/kernel:0"))[5],
                read.network().values().get("dense.weight").getRow(5).toFloatVector());
        assertEquals(
                ((float[][][][]) keras.arrays.get("c1/kernel:0"))[2][1][0][1],
                read.network().values().get("conv0.weight").getFloat(2, 1, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void whatIsWrongIsSaidInOneLine(Wrong wrong) {
        KerasFile keras = new KerasFile();
        wrong.change.accept(keras);
        refused(folder.resolve("wrong.h5"), keras, wrong.says);
    }

    private static void refused(Path file, KerasFile keras, String... says) {
        keras.write(file);
        refused(file, says);
    }

    private static void refused(Path file, String... says) {
        InputException refusal = assertThrows(InputException.class, () -> KerasEncoder.open(file, Engine.preferred()));
        assertTrue(refusal.getMessage().startsWith(file.toString()), refusal.getMessage());
        assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
        for (String part : says) {
            assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
        }
    }

    @Test
    void whatIsNotHdf5IsRefused() throws IOException {
        refused(folder.resolve("none.h5"), "does not exist");
        refused(Files.writeString(folder.resolve("text.h5"), "weights"), "is no HDF5 file");
        refused(Files.write(folder.resolve("empty.h5"), new byte[0]), "is no HDF5 file");
    }
}
