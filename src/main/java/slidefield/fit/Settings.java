package slidefield.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import slidefield.field.FieldOptions;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.nn.Precision;

/**
 * Everything that decides a run besides its slides. Immutable, YAML in a run folder.
 *
 * @param preset the preset it began from
 * @param seed of every random choice
 * @param precision what the network's images are stored and multiplied in; a trained field may be used in the other
 * @param normaliseStain whether every slide's colours are brought to one reference stain before a field is fitted to
 *     them; what the field paints is brought back
 * @param field sizes of encoding, decoder and heads
 * @param training the two training steps
 * @param ito inference-time optimisation
 */
public record Settings(
        String preset,
        long seed,
        Precision precision,
        boolean normaliseStain,
        FieldOptions field,
        TrainingOptions training,
        ItoOptions ito) {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private static final Pattern MISSING = Pattern.compile("Missing (?:required )?creator property '(\\w+)'");

    public Settings {
        if (precision == null || field == null || training == null || ito == null) {
            throw new IllegalArgumentException("settings need precision, field, training and ito");
        }
        try {
            field.hashGrid().parameterCount();
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException(
                    "field.hashGrid would have over 2^31 entries; lower levels or log2Table");
        }
    }

    /** The names that {@link #preset(String)} knows. */
    public static List<String> presets() {
        return List.copyOf(new TreeMap<>(Presets.ALL).keySet());
    }

    /**
     * A preset by name.
     *
     * @throws InputException if there is none of that name; lists those that there are
     */
    public static Settings preset(String name) {
        Settings found = Presets.ALL.get(name);
        if (found == null) {
            throw new InputException("unknown preset '" + name + "'; choose one of " + String.join(", ", presets()));
        }
        return found;
    }

    /** The same settings with another seed. */
    public Settings withSeed(long other) {
        return new Settings(preset, other, precision, normaliseStain, field, training, ito);
    }

    /** The same settings in another precision. */
    public Settings with(Precision other) {
        return new Settings(preset, seed, other, normaliseStain, field, training, ito);
    }

    /** The same settings with another inference-time optimisation. */
    public Settings with(ItoOptions other) {
        return new Settings(preset, seed, precision, normaliseStain, field, training, other);
    }

    /**
     * The same settings with one option changed.
     *
     * @param key dotted name as in the YAML form, such as {@code field.head.width} or {@code ito.epochs}
     * @param value its new value, read as YAML
     * @throws InputException if the key does not exist (the known ones are listed) or the value does not fit
     */
    public Settings with(String key, String value) {
        ObjectNode tree = YAML.valueToTree(this);
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
        try {
            parent.set(last, YAML.readTree(value));
            return YAML.treeToValue(tree, Settings.class);
        } catch (JsonProcessingException wrong) {
            throw new InputException("cannot set " + key + " to '" + value + "': " + reason(wrong), wrong);
        }
    }

    /**
     * Several changes of the form {@code key=value}.
     *
     * @throws InputException as {@link #with(String, String)}, or if one has no equals sign
     */
    public Settings with(List<String> changes) {
        Settings changed = this;
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1) {
                throw new InputException("expected key=value, got '" + change + "', such as training.lesionEpochs=40");
            }
            changed = changed.with(
                    change.substring(0, equals).strip(),
                    change.substring(equals + 1).strip());
        }
        return changed;
    }

    private static InputException unknown(String key, ObjectNode tree) {
        List<String> known = new ArrayList<>();
        collect("", tree, known);
        return new InputException("unknown option '" + key + "'; the options are " + String.join(", ", known));
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
        String message = deepest instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : String.valueOf(deepest.getMessage());
        Matcher missing = MISSING.matcher(message);
        return missing.find()
                ? "the option '" + missing.group(1) + "' is missing"
                : message.lines().findFirst().orElse("it does not fit").replaceFirst(" \\(but could.*", "");
    }

    /** The settings as YAML. */
    public String toYaml() {
        try {
            return YAML.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes the settings as YAML. */
    public void write(Path file) {
        String text = toYaml();
        WholeFile.write(file, temporary -> Files.writeString(temporary, text));
    }

    /**
     * Reads settings.
     *
     * @throws InputException if the file is missing, not YAML, or holds an unknown or impossible option; names it
     */
    public static Settings read(Path file) {
        try {
            return YAML.readValue(Files.readString(file), Settings.class);
        } catch (UnrecognizedPropertyException unknown) {
            throw new InputException(
                    file + ": unknown option '" + unknown.getPropertyName() + "'; known here: "
                            + unknown.getKnownPropertyIds(),
                    unknown);
        } catch (JsonProcessingException wrong) {
            throw new InputException(file + ": " + where(wrong) + reason(wrong), wrong);
        } catch (IOException failure) {
            throw new InputException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
    }
}
