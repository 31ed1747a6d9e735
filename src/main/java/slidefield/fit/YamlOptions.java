package slidefield.fit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import slidefield.io.InputException;
import slidefield.io.WholeFile;

/**
 * A run's options as YAML, and changed by their dotted names: for records that check themselves, with records inside.
 *
 * <p>Holds nothing that changes: thread-safe.
 *
 * @param <T> the outermost record
 */
public final class YamlOptions<T> {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private static final Pattern MISSING = Pattern.compile("Missing (?:required )?creator property '(\\w+)'");

    private final Class<T> type;
    private final String example;

    /**
     * @param type the outermost record
     * @param example of a change, for messages: {@code key=value}
     */
    public YamlOptions(Class<T> type, String example) {
        this.type = type;
        this.example = example;
    }

    /** The same options, known to be of the outermost record's type. */
    T cast(Object options) {
        return type.cast(options);
    }

    /**
     * The same options with one changed.
     *
     * @param options the others
     * @param key dotted name as in the YAML form
     * @param value its new value, read as YAML
     * @throws InputException if the key does not exist (the known ones are listed) or the value does not fit
     */
    public T with(T options, String key, String value) {
        try {
            ObjectNode tree = YAML.valueToTree(options);
            set(tree, key, value);
            return YAML.treeToValue(tree, type);
        } catch (JsonProcessingException wrong) {
            throw new InputException(oneLine("cannot set " + key + " to '" + value + "': " + reason(wrong)), wrong);
        }
    }

    private static void set(ObjectNode tree, String key, String value) throws JsonProcessingException {
        ObjectNode parent = tree;
        String[] steps = key.split("\\.", -1);
        for (int i = 0; i + 1 < steps.length; i++) {
            JsonNode child = parent.get(steps[i]);
            if (!(child instanceof ObjectNode)) {
                throw unknown(key, tree);
            }
            parent = (ObjectNode) child;
        }
        String last = steps[steps.length - 1];
        if (!parent.has(last) || parent.get(last).isObject()) {
            throw unknown(key, tree);
        }
        refuseTags(value);
        parent.set(last, YAML.readTree(value));
    }

    /**
     * Several changes of the form {@code key=value}, made together: each alone need not fit.
     *
     * @throws InputException as {@link #with(Object, String, String)}, or if one has no equals sign
     */
    public T with(T options, List<String> changes) {
        List<String[]> pairs = changes.stream().map(this::pair).toList();
        ObjectNode tree = YAML.valueToTree(options);
        try {
            for (String[] pair : pairs) {
                set(tree, pair[0], pair[1]);
            }
            return YAML.treeToValue(tree, type);
        } catch (JsonProcessingException wrong) {
            // One by one, to name the first that does not fit.
            T changed = options;
            for (String[] pair : pairs) {
                changed = with(changed, pair[0], pair[1]);
            }
            throw new InputException(oneLine("cannot set " + String.join(", ", changes) + ": " + reason(wrong)), wrong);
        }
    }

    private String[] pair(String change) {
        int equals = change.indexOf('=');
        if (equals < 1) {
            throw new InputException(oneLine("expected key=value, got '" + change + "', such as " + example));
        }
        return new String[] {
            change.substring(0, equals).strip(), change.substring(equals + 1).strip()
        };
    }

    /** What a user or a file gave may hold line breaks. */
    private static String oneLine(String message) {
        return message.replaceAll("\\p{Cntrl}|\u2028|\u2029", " ");
    }

    private static InputException unknown(String key, ObjectNode tree) {
        List<String> known = new ArrayList<>();
        collect("", tree, known);
        return new InputException(oneLine("unknown option '" + key + "'; the options are " + String.join(", ", known)));
    }

    private static void collect(String prefix, JsonNode node, List<String> keys) {
        for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> field = it.next();
            if (field.getValue().isObject()) {
                collect(prefix + field.getKey() + ".", field.getValue(), keys);
            } else {
                keys.add(prefix + field.getKey());
            }
        }
    }

    /** Options are plain values: what a tag would make of one is nobody's business here. */
    private static void refuseTags(String text) throws JsonProcessingException {
        try (JsonParser parser = YAML.createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.getTypeId() != null) {
                    throw new JsonMappingException(
                            parser,
                            "a type tag ('" + parser.getTypeId() + "') at line "
                                    + parser.currentTokenLocation().getLineNr()
                                    + " is not allowed; give a plain value");
                }
            }
        } catch (JsonProcessingException wrong) {
            throw wrong;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The dotted key of a value that does not fit, with a colon; empty where it is not known. */
    private static String where(JsonProcessingException wrong) {
        if (!(wrong instanceof JsonMappingException mapping)) {
            return "";
        }
        String key = mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return key.isEmpty() ? "" : key + ": ";
    }

    /** The first line of the deepest cause: a record's own complaint where there is one. */
    private static String reason(JsonProcessingException wrong) {
        Throwable deepest = wrong;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof NumberFormatException) {
            return "it is no number";
        }
        if (deepest instanceof InvalidTypeIdException kind) {
            return kind.getTypeId() == null
                    ? "its options are those of no kind that is known there"
                    : "'" + kind.getTypeId() + "' is not known there";
        }
        String message = deepest instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : String.valueOf(deepest.getMessage());
        Matcher missing = MISSING.matcher(message);
        return missing.find()
                ? "the option '" + missing.group(1) + "' is missing"
                : message.lines().findFirst().orElse("it does not fit").replaceFirst(" \\(but could.*", "");
    }

    /** The options as YAML. */
    public String text(T options) {
        try {
            return YAML.writeValueAsString(options);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes the options as YAML. */
    public void write(T options, Path file) {
        String text = text(options);
        WholeFile.writeText(file, text);
    }

    /**
     * Reads options.
     *
     * @throws InputException if the file is missing, not YAML, or holds an unknown or impossible option; names it
     */
    public T read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException failure) {
            throw new InputException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * Reads options that are a part of something else.
     *
     * @param text the options as YAML
     * @param where they stand, for messages
     * @throws InputException if the text is not YAML, or holds an unknown or impossible option
     */
    public T parse(String text, String where) {
        try {
            refuseTags(text);
            T options = YAML.readValue(text, type);
            if (options == null) {
                throw new InputException(where + ": expected options, found nothing");
            }
            return options;
        } catch (UnrecognizedPropertyException unknown) {
            throw new InputException(
                    oneLine(where + ": unknown option '" + unknown.getPropertyName() + "'; known here: "
                            + unknown.getKnownPropertyIds()),
                    unknown);
        } catch (JsonProcessingException wrong) {
            throw new InputException(oneLine(where + ": " + where(wrong) + reason(wrong)), wrong);
        }
    }
}
