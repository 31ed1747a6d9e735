package slidefield.data;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules that single manifest values obey; each throws {@link BadKeyException} naming its key. */
final class Rules {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");

    private Rules() {}

    /** A name is also a file name and a table row. */
    static String name(String key, String value) {
        if (value == null || !NAME.matcher(value).matches()) {
            throw new BadKeyException(
                    key,
                    "expected a name of letters, digits, '.', '_' and '-' that starts with a letter or digit, found "
                            + quoted(value));
        }
        return value;
    }

    /** @return the path with '/' between its parts and without '.' parts */
    static String relativePath(String key, String value) {
        if (value == null || value.isBlank()) {
            throw new BadKeyException(key, "expected a path relative to the data root, found " + quoted(value));
        }
        if (value.startsWith("/") || value.startsWith("~") || value.contains("\\")) {
            throw new BadKeyException(
                    key, "expected a path relative to the data root with '/' between folders, found " + quoted(value));
        }
        if (DRIVE.matcher(value).matches() || value.chars().anyMatch(Character::isISOControl)) {
            throw new BadKeyException(key, "expected a path relative to the data root, found " + quoted(value));
        }
        List<String> parts = new ArrayList<>();
        for (String part : value.split("/")) {
            if (part.equals("..")) {
                throw new BadKeyException(key, "may not leave the data root with '..', found " + quoted(value));
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (parts.isEmpty() || value.endsWith("/")) {
            throw new BadKeyException(key, "expected a file, found " + quoted(value));
        }
        return String.join("/", parts);
    }

    static Double mpp(String key, Double value) {
        if (value != null && !(value > 0 && value <= 100)) {
            throw new BadKeyException(
                    key, "expected micrometres per pixel, more than 0 and at most 100, found " + value);
        }
        return value;
    }

    static String url(String key, String value) {
        if (value == null) {
            return null;
        }
        try {
            URI uri = new URI(value);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return value;
            }
        } catch (URISyntaxException fallsThrough) {
            throw new BadKeyException(key, "not a URL: " + quoted(value) + " (" + fallsThrough.getReason() + ")");
        }
        throw new BadKeyException(key, "expected an http or https address, found " + quoted(value));
    }

    static Long bytes(String key, Long value) {
        if (value != null && value <= 0) {
            throw new BadKeyException(key, "expected a file size of at least 1 byte, found " + value);
        }
        return value;
    }

    static String sha256(String key, String value) {
        if (value == null) {
            return null;
        }
        String lower = value.toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(lower).matches()) {
            throw new BadKeyException(key, "expected 64 hexadecimal digits, found " + quoted(value));
        }
        return lower;
    }

    /** A label is a class's name or a number, in a line of its own in tables. */
    static String label(String key, String value) {
        boolean fits = value == null
                || !value.isBlank()
                        && value.equals(value.strip())
                        && value.length() <= 100
                        && value.chars().noneMatch(Character::isISOControl);
        if (!fits) {
            throw new BadKeyException(
                    key, "expected the name of a class or a number of at most 100 characters, found " + quoted(value));
        }
        return value;
    }

    static double number(String key, String value) {
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException none) {
            throw new BadKeyException(key, "expected a number, found " + quoted(value));
        }
        throw new BadKeyException(key, "expected a finite number, found " + quoted(value));
    }

    static String ending(String key, String value, String ending) {
        if (!value.toLowerCase(Locale.ROOT).endsWith(ending)) {
            throw new BadKeyException(key, "expected a name that ends with " + ending + ", found " + quoted(value));
        }
        return value;
    }

    static <T> T present(String key, T value, String expected) {
        if (value == null) {
            throw new BadKeyException(key, "is missing; expected " + expected);
        }
        return value;
    }

    static String quoted(String value) {
        if (value == null) {
            return "nothing";
        }
        String oneLine = value.replaceAll("\\p{Cntrl}", " ");
        return "'" + (oneLine.length() > 80 ? oneLine.substring(0, 77) + "..." : oneLine) + "'";
    }
}
