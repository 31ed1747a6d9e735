package slidefield.data;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import slidefield.io.InputException;
import slidefield.io.WholeFile;

/** {@link Manifest} to and from YAML, with errors that name file, line and key. */
final class ManifestYaml {
    static final int MAX_BYTES = 16 << 20;

    private static final ObjectMapper MAPPER = mapper();

    private static final String TISSUE_CLASS = "expected entries such as {name: stroma, value: 2}";
    private static final String TISSUE_MASK = "expected the mask's file, such as {path: set/mask.png}";

    private static final Pattern COERCED =
            Pattern.compile("^Cannot coerce \\w+ value \\((.*?)\\) to `(?:[\\w.]*\\.)?(\\w+)`");

    private ManifestYaml() {}

    private static ObjectMapper mapper() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(MAX_BYTES + 1);
        limits.setAllowDuplicateKeys(false);
        YAMLFactory factory = YAMLFactory.builder()
                .loaderOptions(limits)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .build();
        return YAMLMapper.builder(factory)
                .addModule(new SimpleModule().addSerializer(new Texts()))
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, config -> config.setCoercion(
                                CoercionInputShape.Integer, CoercionAction.TryConvert)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.TryConvert))
                .build();
    }

    /** Quotes and escapes the three characters that YAML 1.1 takes for line breaks besides the usual ones, and folds to a space. */
    private static final class Texts extends StdScalarSerializer<String> {
        private static final long serialVersionUID = 1;
        private static final Pattern BREAKS = Pattern.compile("[\\u0085\\u2028\\u2029]");

        Texts() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator generator, SerializerProvider provider) throws IOException {
            boolean quoted =
                    generator instanceof YAMLGenerator && BREAKS.matcher(text).find();
            if (quoted) {
                ((YAMLGenerator) generator).disable(YAMLGenerator.Feature.MINIMIZE_QUOTES);
            }
            generator.writeString(text);
            if (quoted) {
                ((YAMLGenerator) generator).enable(YAMLGenerator.Feature.MINIMIZE_QUOTES);
            }
        }
    }

    static Manifest read(Path file) {
        return read(file, Manifest.class, "name, base and slides");
    }

    /**
     * @param file YAML in UTF-8
     * @param type what it holds
     * @param keys those it cannot do without, for messages
     */
    static <T> T read(Path file, Class<T> type, String keys) {
        String name = file.toString();
        String text = text(file);
        if (text.stripLeading().startsWith("<")) {
            throw new InputException(name + ": expected a YAML manifest, found HTML or XML;"
                    + " fetch the file itself, not the web page that shows it");
        }
        YamlLines lines = YamlLines.scan(name, text);
        if (text.isBlank() || lines.isEmpty()) {
            throw new InputException(name + ": expected a YAML manifest with " + keys + ", found "
                    + (text.isBlank() ? "an empty file" : "no keys"));
        }
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException broken) {
            throw explain(name, lines, broken, keys);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new InputException(file + ": expected a YAML manifest, found a folder; name the file in it");
            }
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new InputException(file + ": expected a manifest of at most " + MAX_BYTES + " bytes, found "
                        + size + "; is it the right file?");
            }
            byte[] bytes = Files.readAllBytes(file);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new InputException(file + ": expected text in UTF-8, found other bytes; save it as UTF-8", notUtf8);
        } catch (java.nio.file.NoSuchFileException missing) {
            throw new InputException(file + ": no such manifest; check the path", missing);
        } catch (IOException unreadable) {
            throw new InputException("cannot read manifest " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static InputException explain(String file, YamlLines lines, JsonProcessingException broken, String keys) {
        String path = broken instanceof JsonMappingException mapping ? path(mapping) : "";
        if (broken instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));
            return message(file, lines, path, "unknown key '" + unknown.getPropertyName() + "'; known: " + known, null);
        }
        for (Throwable cause = broken.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BadKeyException bad) {
                String full = YamlLines.join(path, bad.key());
                return message(
                        file, lines, full, bad.getMessage().substring(bad.key().length() + 2), broken);
            }
            if (cause instanceof InputException input) {
                return message(file, lines, path, input.getMessage(), broken);
            }
        }
        if (broken instanceof InvalidFormatException format) {
            return message(file, lines, path, expected(format), broken);
        }
        String text = broken.getOriginalMessage().lines().findFirst().orElse("unreadable");
        if (text.startsWith("Duplicate field")) {
            int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
            return new InputException(
                    file + " line " + line + ": " + text.replace("Duplicate field", "key")
                            + " is given twice; keep one",
                    broken);
        }
        return message(file, lines, path, readable(text, keys), broken);
    }

    private static String path(JsonMappingException broken) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference part : broken.getPath()) {
            if (part.getFieldName() == null) {
                path.append('[').append(part.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(part.getFieldName());
            }
        }
        return path.toString();
    }

    private static InputException message(
            String file, YamlLines lines, String path, String text, JsonProcessingException cause) {
        String where = file + lines.where(path) + ": " + (path.isEmpty() ? "" : path + ": ");
        return new InputException(where + text, cause);
    }

    private static String expected(InvalidFormatException format) {
        Class<?> type = format.getTargetType();
        String found = ", found " + Rules.quoted(String.valueOf(format.getValue()));
        if (type == Split.class) {
            List<String> words = Arrays.stream(Split.values()).map(Split::word).toList();
            return "expected " + String.join(", ", words) + found;
        }
        if (type == MaskValues.class) {
            return "expected black-and-white or classes" + found;
        }
        if (type == TissueClass.class || type == TissueMask.class) {
            return type == TissueClass.class ? TISSUE_CLASS : TISSUE_MASK;
        }
        if (type == SlideEntry.class) {
            return "expected entries with name, path and split, found an empty one";
        }
        return "expected a " + kind(type.getSimpleName()) + found;
    }

    private static String kind(String type) {
        return switch (type) {
            case "Long", "Integer", "long", "int" -> "whole number";
            case "String" -> "text";
            default -> "number";
        };
    }

    /** Jackson speaks of classes; a manifest's author knows keys and values. */
    private static String readable(String text, String keys) {
        if (text.contains("Manifest`")) {
            return "expected a YAML manifest with " + keys + ", found something else";
        }
        if (text.contains("ImagePart")) {
            return "expected entries such as {images: set/images/*.jpg, masks: set/masks/*.jpg}";
        }
        if (text.contains("SplitRule`")) {
            return "expected the number of images of each split, such as {train: 118, validation: 39, test: 39}";
        }
        if (text.contains("ArrayList")) {
            return "expected a list";
        }
        if (text.contains("int[]") || text.contains("Region`")) {
            return "expected [x, y, width, height] in whole level-0 pixels";
        }
        if (text.contains("Generate`")) {
            return "expected the size in pixels, such as {width: 1024, height: 768}";
        }
        if (text.contains("TissueClass`")) {
            return TISSUE_CLASS;
        }
        if (text.contains("TissueMask`")) {
            return TISSUE_MASK;
        }
        if (text.contains("SlideEntry")) {
            return "expected entries with name, path and split";
        }
        if (text.contains("Base`")) {
            return "expected either {mpp: 1.0} or {downsample: 4}";
        }
        if (text.startsWith("Cannot map `null` into type `int`")) {
            return "is missing; expected a whole number";
        }
        if (text.startsWith("Cannot map `null` into type `long`")) {
            return "is missing; expected a whole number";
        }
        if (text.startsWith("Cannot map `null` into type `double`")) {
            return "is missing; expected a number";
        }
        if (text.startsWith("Malformed numeric value")) {
            return "expected a number, found" + text.substring("Malformed numeric value".length());
        }
        Matcher coerced = COERCED.matcher(text);
        if (coerced.find()) {
            return "expected a " + kind(coerced.group(2)) + ", found " + coerced.group(1);
        }
        return text.replace("slidefield.data.", "").replace("java.lang.", "");
    }

    static void write(Object manifest, Path file) {
        try {
            WholeFile.writeText(file, MAPPER.writeValueAsString(manifest));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
