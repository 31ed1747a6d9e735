package slidefield.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a command prints: pairs of key and value, and the files it wrote. As text for people, or (with
 * {@code --json}) as exactly one JSON object on standard output with everything else on standard error.
 */
final class Report {
    private final boolean json;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, String> shown = new LinkedHashMap<>();
    private final List<Map<String, Object>> written = new ArrayList<>();

    Report(String command, boolean json, PrintStream out, PrintStream err) {
        this.json = json;
        this.out = out;
        this.err = err;
        values.put("command", command);
    }

    /** Whether one JSON object is wanted. */
    boolean json() {
        return json;
    }

    /** Where progress and notices go: never between the lines of a result. */
    PrintStream aside() {
        return err;
    }

    /**
     * A result.
     *
     * @param key lower case, words joined by '_'
     * @param value text, number, boolean, path, list or map; doubles that are no number become null in JSON
     */
    Report put(String key, Object value) {
        return put(key, value, text(value));
    }

    /**
     * A result that people read in another form than machines.
     *
     * @param text for people; null to show it in JSON only
     */
    Report put(String key, Object value, String text) {
        values.put(key, plain(value));
        if (text != null) {
            shown.put(key.replace('_', ' '), text);
        }
        return this;
    }

    /** A file that was written; its size is added. */
    Report wrote(Path file) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", file.toString());
        try {
            entry.put("bytes", Files.size(file));
        } catch (IOException unknown) {
            entry.put("bytes", null);
        }
        written.add(entry);
        return this;
    }

    /** A line for people, at once: a notice or a table. With {@code --json} it goes to standard error. */
    void say(String text) {
        (json ? err : out).println(text);
    }

    /** Prints what was collected; called once, at the end. */
    void print() {
        if (json) {
            if (!written.isEmpty()) {
                values.put("wrote", written);
            }
            out.println(toJson(values));
            return;
        }
        int width = shown.keySet().stream().mapToInt(String::length).max().orElse(0);
        shown.forEach((key, value) -> out.println(key + " ".repeat(width - key.length()) + "  " + value));
        for (Map<String, Object> file : written) {
            Object bytes = file.get("bytes");
            out.println("wrote " + file.get("path") + (bytes == null ? "" : " (" + size((Long) bytes) + ")"));
        }
    }

    static String toJson(Map<String, Object> values) {
        try {
            return JsonMapper.builder().build().writeValueAsString(values);
        } catch (JsonProcessingException never) {
            throw new IllegalStateException("a report holds plain values only", never);
        }
    }

    /** Only what JSON knows: numbers that are none become null. */
    static Object plain(Object value) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return null;
        }
        if (value instanceof Float number && !Float.isFinite(number)) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(key.toString(), plain(inner)));
            return copy;
        }
        if (value instanceof Iterable<?> list && !(value instanceof Path)) {
            List<Object> copy = new ArrayList<>();
            list.forEach(inner -> copy.add(plain(inner)));
            return copy;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.4f", number);
        }
        return String.valueOf(value);
    }

    /** Bytes for people: {@code 3.7 MB}. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double value = bytes;
        String[] units = {"kB", "MB", "GB", "TB"};
        int unit = -1;
        do {
            value /= 1000;
            unit++;
        } while (value >= 999.95 && unit < units.length - 1);
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
