package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.fuzz.Reader;
import slidefield.fuzz.Spoilt;
import slidefield.fuzz.Tries;

/** Whatever bytes a file of arrays holds, it is read or refused; and what is written reads back to the bit. */
class SafeTensorsFuzzTest {
    private static final List<String> WORDS = List.of(
            "\"F64\"",
            "\"F32\"",
            "\"F16\"",
            "\"BF16\"",
            "\"I64\"",
            "[]",
            "[0]",
            "[-1]",
            "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]",
            "9223372036854775807",
            "99999999999999999999",
            "4294967296",
            "1.5",
            "1e999",
            "null",
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "\"__metadata__\":{}",
            "\"__metadata__\":5",
            "\"shape\":",
            "\"dtype\":",
            "\"data_offsets\":",
            "[0,0]",
            "[8,0]",
            "[".repeat(1200),
            "\u0000",
            "\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000",
            "\uFEFF",
            " ");

    /** Inputs that once were neither read nor refused. */
    private static final List<String> KEPT = List.of();

    private static final Reader ARRAYS = new Reader("safetensors", SafeTensorsFuzzTest::read);

    /** What is read has to be what the file's size says. */
    private static void read(Path file) throws IOException {
        long size = Files.size(file);
        SafeTensors.Contents contents = SafeTensors.read(file);
        long values =
                contents.tensors().values().stream().mapToLong(INDArray::length).sum();
        if (values > size / 2) {
            throw new AssertionError(values + " values in " + size + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        long header = java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (values * 8 < size - 8 - header) {
            throw new AssertionError(values + " values leave bytes unread");
        }
    }

    private static byte[] valid() {
        try {
            Path file = Files.createTempFile("valid", ".safetensors");
            try {
                Map<String, INDArray> arrays = new LinkedHashMap<>();
                arrays.put("weight", Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}}));
                arrays.put("bias", Nd4j.createFromArray(new double[] {0.5, -0.5}));
                arrays.put("step", Nd4j.scalar(3f));
                SafeTensors.write(file, arrays, Map.of("format", "test 1"));
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] handMade() {
        String header = "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1,2],\"data_offsets\":[4,8]}}    ";
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        return java.nio.ByteBuffer.allocate(8 + text.length + 8)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .putLong(0x3C003C003F803F80L)
                .array();
    }

    @Provide
    Arbitrary<Spoilt> files() {
        return Spoilt.arbitrary(WORDS, valid(), handMade());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 200)
    void anyBytesAreReadOrRefused(@ForAll("files") Spoilt spoilt) {
        ARRAYS.check(spoilt);
    }

    /** Headers that are JSON, with numbers at the edge. */
    @Provide
    Arbitrary<Spoilt> headers() {
        Arbitrary<Long> edge =
                Arbitraries.of(0L, 1L, 2L, 4L, 8L, 1L << 31, 1L << 32, 1L << 62, Long.MAX_VALUE, -1L, Long.MIN_VALUE);
        return Combinators.combine(
                        Arbitraries.of("F32", "F64", "F16", "BF16", "I64", ""),
                        edge.list().ofMaxSize(4),
                        edge,
                        edge)
                .as((type, shape, from, to) -> {
                    byte[] text = ("{\"a\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":["
                                    + from + "," + to + "]}}")
                            .getBytes(StandardCharsets.US_ASCII);
                    return new Spoilt(java.nio.ByteBuffer.allocate(8 + text.length + 16)
                            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                            .putLong(text.length)
                            .put(text)
                            .array());
                });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 10_000, small = 400)
    void anyHeaderIsReadOrRefused(@ForAll("headers") Spoilt header) {
        ARRAYS.check(header);
    }

    @Example
    void theKeptCasesAreReadOrRefused() {
        ARRAYS.check(new Spoilt(valid()));
        ARRAYS.check(new Spoilt(handMade()));
        KEPT.forEach(kept -> ARRAYS.check(Spoilt.of(kept)));
    }

    @Provide
    Arbitrary<Map<String, float[]>> arrays() {
        Arbitrary<String> names = Arbitraries.strings().ofMinLength(0).ofMaxLength(12);
        return Arbitraries.maps(
                        names,
                        Arbitraries.oneOf(
                                        Arbitraries.floats(),
                                        Arbitraries.of(-0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE))
                                .array(float[].class)
                                .ofMinSize(1)
                                .ofMaxSize(20))
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<Map<String, String>> metadata() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(12);
        return Combinators.combine(text, text)
                .as(Map::entry)
                .list()
                .ofMaxSize(3)
                .map(pairs -> {
                    Map<String, String> all = new LinkedHashMap<>();
                    pairs.forEach(pair -> all.put(pair.getKey(), pair.getValue()));
                    return all;
                });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Tries(full = 2_000, small = 30)
    void whatIsWrittenReadsBackToTheBit(
            @ForAll("arrays") Map<String, float[]> values, @ForAll("metadata") Map<String, String> metadata)
            throws IOException {
        // given
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        values.forEach((name, array) -> arrays.put(name, Nd4j.createFromArray(array)));
        Path file = Files.createTempFile("arrays", ".safetensors");
        try {
            // when
            SafeTensors.write(file, arrays, metadata);
            SafeTensors.Contents read = SafeTensors.read(file);
            // then
            assertEquals(metadata, read.metadata());
            assertEquals(values.keySet(), read.tensors().keySet());
            values.forEach((name, array) ->
                    assertArrayEquals(bits(array), bits(read.tensors().get(name).toFloatVector()), name));
        } finally {
            Files.delete(file);
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    @AfterContainer
    static void say() {
        System.out.println("arrays: " + ARRAYS);
    }
}
