package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.Checksum;
import slidefield.io.InputException;
import slidefield.nn.kernels.Nd4jRuntime;

class SafeTensorsTest {
    static {
        // before the first array, as everything in the library does
        Nd4jRuntime.prepare();
    }

    @TempDir
    Path folder;

    private static byte[] file(String header, int... data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        for (int value : data) {
            bytes.put((byte) value);
        }
        return bytes.array();
    }

    @Test
    void writesTheFormatsOwnLayout() throws Exception {
        // given arrays in no particular order
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        tensors.put("b.weight", Nd4j.createFromArray(new float[][] {{1, -2}}));
        tensors.put("a", Nd4j.createFromArray(1f));
        tensors.put("z", Nd4j.createFromArray(0.5));
        Path file = folder.resolve("model.safetensors");

        // when
        SafeTensors.write(file, tensors, Map.of("step", "3", "preset", "a \"b\""));

        // then wider types come first, then names; the header is padded to 8 bytes
        String header = "{\"__metadata__\":{\"preset\":\"a \\\"b\\\"\",\"slidefield.sha256\":\"" + Checksum.BLANK
                + "\",\"step\":\"3\"},"
                + "\"z\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                + "\"b.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[12,20]}}";
        header += " ".repeat((8 - header.length() % 8) % 8);
        byte[] expected = file(header, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f, 0, 0, 0x80, 0x3f, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
        // and the checksum is that of the file with zeros in its place
        String checksum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(expected));
        System.arraycopy(
                checksum.getBytes(StandardCharsets.US_ASCII), 0, expected, 8 + header.indexOf(Checksum.BLANK), 64);
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void readsBackWhatWasWritten() {
        // given arrays longer than one block, a view and a single value
        Init init = new Init(DataType.FLOAT, 9);
        INDArray large = init.normal(1, 70_001, 3);
        INDArray view = init.normal(1, 5, 4).transpose();
        INDArray precise = new Init(DataType.DOUBLE, 9).normal(1, 2, 3, 4, 5);
        INDArray single = Nd4j.scalar(DataType.FLOAT, 7);
        Path file = folder.resolve("model.safetensors");

        // when
        SafeTensors.write(
                file, Map.of("large", large, "view", view, "précis", precise, "single", single), Map.of("k", "v"));
        SafeTensors.Contents contents = SafeTensors.read(file);

        // then
        assertEquals(
                List.of("précis", "large", "single", "view"),
                List.copyOf(contents.tensors().keySet()));
        assertEquals(Map.of("k", "v"), contents.metadata());
        assertEquals(large, contents.tensors().get("large"));
        assertEquals(view, contents.tensors().get("view"));
        assertEquals(precise, contents.tensors().get("précis"));
        assertEquals(DataType.DOUBLE, contents.tensors().get("précis").dataType());
        assertEquals(7, contents.tensors().get("single").getDouble());
        assertEquals(0, contents.tensors().get("single").rank());
    }

    @Test
    void readsHalfPrecisionWithoutLoss() throws IOException {
        // given 1, -2, smallest subnormal, largest half, infinity; then 1 and -2.5 as bfloat16
        Path file = folder.resolve("half.safetensors");
        Files.write(
                file,
                file(
                        "{\"h\":{\"dtype\":\"F16\",\"shape\":[5],\"data_offsets\":[0,10]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[10,14]}}",
                        0x00,
                        0x3c,
                        0x00,
                        0xc0,
                        0x01,
                        0x00,
                        0xff,
                        0x7b,
                        0x00,
                        0x7c,
                        0x80,
                        0x3f,
                        0x20,
                        0xc0));

        // when
        Map<String, INDArray> tensors = SafeTensors.read(file).tensors();

        // then
        assertArrayEquals(
                new float[] {1, -2, 0x1p-24f, 65504, Float.POSITIVE_INFINITY},
                tensors.get("h").toFloatVector());
        assertArrayEquals(new float[] {1, -2.5f}, tensors.get("b").toFloatVector());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} x",
                "{\"a\":3}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
                "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000000],\"data_offsets\":[0,4000000000000]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"__metadata__\":{\"k\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            })
    void damagedHeadersAreNamedInOneLine(String header) throws IOException {
        // given a header that does not fit the 8 bytes of values behind it
        Path file = folder.resolve("bad.safetensors");
        Files.write(file, file(header, 0, 0, 0, 0, 0, 0, 0, 0));

        // when, then
        InputException error = assertThrows(InputException.class, () -> SafeTensors.read(file));
        assertFalse(error.getMessage().contains("\n"), error.getMessage());
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        // given a good file
        Path good = folder.resolve("good.safetensors");
        SafeTensors.write(good, Map.of("a", Nd4j.createFromArray(1f, 2f, 3f)), Map.of("k", "v"));
        byte[] bytes = Files.readAllBytes(good);

        // when cut anywhere, or with a byte too many, then
        Path cut = folder.resolve("cut.safetensors");
        for (int length = 0; length < bytes.length; length++) {
            Files.write(cut, java.util.Arrays.copyOf(bytes, length));
            assertThrows(InputException.class, () -> SafeTensors.read(cut));
        }
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length + 1));
        assertThrows(InputException.class, () -> SafeTensors.read(cut));
    }

    @Test
    void absurdHeaderLengthsTakeNoMemory() throws IOException {
        Path file = folder.resolve("bad.safetensors");
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40, 99_000_000}) {
            Files.write(
                    file,
                    ByteBuffer.allocate(64)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .array());
            assertThrows(InputException.class, () -> SafeTensors.read(file));
        }
        assertThrows(InputException.class, () -> SafeTensors.read(folder.resolve("missing")));
        assertThrows(InputException.class, () -> SafeTensors.read(folder));
    }

    @Test
    void refusesTypesItCannotWrite() {
        Map<String, INDArray> longs = Map.of("a", Nd4j.createFromArray(1L));
        Path file = folder.resolve("x");
        assertThrows(IllegalArgumentException.class, () -> SafeTensors.write(file, longs, Map.of()));
        assertFalse(Files.exists(file));
    }
}
