package slidefield.nn;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;

/**
 * The JSON header of a safetensors file.
 *
 * @param entries arrays by name, in the order of their values in the file
 * @param metadata free text by name
 */
record SafeTensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
    /** The format's own limit, bytes. */
    static final long MAX_LENGTH = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final Map<String, Integer> WIDTHS = Map.of("F64", 8, "F32", 4, "F16", 2, "BF16", 2);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * One array.
     *
     * @param type F64, F32, F16 or BF16
     * @param shape empty for a single value without axes
     * @param begin first byte, counted from the end of the header
     * @param end one past the last byte
     */
    record Entry(String type, long[] shape, long begin, long end) {
        int width() {
            return WIDTHS.get(type);
        }
    }

    /** The layout of the format's own library: wider types first, then by the bytes of the name. */
    static Map<String, Entry> layOut(Map<String, INDArray> tensors) {
        List<String> names = new ArrayList<>(tensors.keySet());
        names.sort(Comparator.comparingInt((String name) -> -WIDTHS.get(type(name, tensors.get(name))))
                .thenComparing(name -> name.getBytes(StandardCharsets.UTF_8), (a, b) -> Arrays.compareUnsigned(a, b)));
        Map<String, Entry> entries = new LinkedHashMap<>();
        long offset = 0;
        for (String name : names) {
            INDArray array = tensors.get(name);
            String type = type(name, array);
            long end = offset + array.length() * WIDTHS.get(type);
            entries.put(name, new Entry(type, array.shape(), offset, end));
            offset = end;
        }
        return entries;
    }

    private static String type(String name, INDArray array) {
        if (name.equals(METADATA)) {
            throw new IllegalArgumentException("an array cannot have the reserved name " + METADATA);
        }
        if (array.dataType() == DataType.FLOAT) {
            return "F32";
        }
        if (array.dataType() == DataType.DOUBLE) {
            return "F64";
        }
        throw new IllegalArgumentException(
                "FLOAT or DOUBLE is expected for \"" + name + "\", found " + array.dataType());
    }

    static byte[] encode(Map<String, Entry> entries, Map<String, String> metadata) {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(METADATA);
            new TreeMap<>(metadata).forEach(texts::put);
        }
        entries.forEach((name, entry) -> {
            ObjectNode node = root.putObject(name);
            node.put("dtype", entry.type());
            ArrayNode shape = node.putArray("shape");
            Arrays.stream(entry.shape()).forEach(shape::add);
            node.putArray("data_offsets").add(entry.begin()).add(entry.end());
        });
        byte[] text;
        try {
            text = JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }

    /**
     * @param file for messages
     * @param text the header
     * @param dataLength bytes of the file after the header
     * @return the header, checked: every array's bytes lie in the file, side by side, as its shape says
     */
    static SafeTensorsHeader decode(Path file, String text, long dataLength) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException | StackOverflowError failure) {
            throw damaged(file, "the header is not JSON");
        }
        if (root == null || !root.isObject()) {
            throw damaged(file, "the header is not a JSON object");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Map.Entry<String, Entry>> found = new ArrayList<>();
        root.fields().forEachRemaining(field -> {
            if (field.getKey().equals(METADATA)) {
                readMetadata(file, field.getValue(), metadata);
            } else {
                found.add(Map.entry(field.getKey(), entry(file, field.getKey(), field.getValue())));
            }
        });
        found.sort(Comparator.comparingLong(named -> named.getValue().begin()));
        Map<String, Entry> entries = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, Entry> named : found) {
            if (named.getValue().begin() != offset) {
                throw damaged(
                        file,
                        "\"" + named.getKey() + "\" should begin at byte " + offset + ", but says "
                                + named.getValue().begin());
            }
            offset = named.getValue().end();
            entries.put(named.getKey(), named.getValue());
        }
        if (offset != dataLength) {
            throw damaged(file, "its arrays take " + offset + " bytes, but it holds " + dataLength);
        }
        return new SafeTensorsHeader(entries, metadata);
    }

    private static void readMetadata(Path file, JsonNode node, Map<String, String> metadata) {
        if (!node.isObject()) {
            throw damaged(file, METADATA + " is not a JSON object");
        }
        node.fields().forEachRemaining(field -> {
            if (!field.getValue().isTextual()) {
                throw damaged(file, METADATA + " \"" + field.getKey() + "\" is not text");
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        });
    }

    private static Entry entry(Path file, String name, JsonNode node) {
        JsonNode typeNode = node.path("dtype");
        if (!typeNode.isTextual()) {
            throw damaged(file, "\"" + name + "\" has no dtype");
        }
        String type = typeNode.textValue();
        if (!WIDTHS.containsKey(type)) {
            throw new InputException("cannot read \"" + name + "\" of " + file + ": expected F32, F64, F16 or BF16,"
                    + " found " + type + ": convert it before");
        }
        long[] shape = numbers(file, name, "shape", node);
        long[] offsets = numbers(file, name, "data_offsets", node);
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw damaged(file, "\"" + name + "\" has the data_offsets " + Arrays.toString(offsets));
        }
        long bytes = WIDTHS.get(type);
        try {
            for (long size : shape) {
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException overflow) {
            throw damaged(file, "\"" + name + "\" has the impossible shape " + Arrays.toString(shape));
        }
        if (bytes == 0) {
            throw new InputException("cannot read \"" + name + "\" of " + file
                    + ": expected at least one value, found the shape " + Arrays.toString(shape));
        }
        if (bytes != offsets[1] - offsets[0] || shape.length > 32) {
            throw damaged(
                    file,
                    "\"" + name + "\" of shape " + Arrays.toString(shape) + " takes " + bytes + " bytes, but has "
                            + (offsets[1] - offsets[0]));
        }
        return new Entry(type, shape, offsets[0], offsets[1]);
    }

    private static long[] numbers(Path file, String name, String key, JsonNode node) {
        JsonNode list = node.path(key);
        if (!list.isArray()) {
            throw damaged(file, "\"" + name + "\" has no " + key);
        }
        long[] numbers = new long[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!list.get(i).isIntegralNumber()
                    || !list.get(i).canConvertToLong()
                    || list.get(i).longValue() < 0) {
                throw damaged(file, "\"" + name + "\" has " + list.get(i) + " in its " + key);
            }
            numbers[i] = list.get(i).longValue();
        }
        return numbers;
    }

    static InputException damaged(Path file, String why) {
        return new InputException("expected a safetensors file, but " + file + " is damaged or something else: " + why);
    }
}
