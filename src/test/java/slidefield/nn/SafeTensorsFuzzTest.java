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

    private static final Reader ARRAYS = new Reader("safetensors", SafeTensors::read);

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
                        Arbitraries.floats().array(float[].class).ofMinSize(1).ofMaxSize(20))
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
                    assertArrayEquals(array, read.tensors().get(name).toFloatVector(), 0f, name));
        } finally {
            Files.delete(file);
        }
    }

    @AfterContainer
    static void say() {
        System.out.println("arrays: " + ARRAYS);
    }
}
