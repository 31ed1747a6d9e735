package slidefield.experiment.search;

import java.util.List;
import java.util.Random;
import slidefield.io.InputException;

/** One option of a search and the values that it takes. */
public sealed interface SearchKey permits ListedKey, RangeKey {
    /** The option's dotted key, as for {@link slidefield.fit.Settings#with(String, String)}. */
    String key();

    /** A value, equally likely over the list, or over the range (or its logarithm). */
    String draw(Random random);

    /** What charts put side by side: the listed values, or equal parts of the range. */
    List<String> groups();

    /** The place of a value in {@link #groups()}. */
    int groupOf(String value);

    /**
     * Listed values.
     *
     * @param text {@code key=a,b,c}; commas in brackets do not separate
     * @throws InputException if it is not of that form
     */
    static ListedKey grid(String text) {
        String[] parts = parts(text, "key=a,b,c");
        if (parts[1].contains("..")) {
            throw new InputException("'" + text
                    + "': a range has no grid; list its values as key=a,b,c, or draw from it" + " with --random");
        }
        return ListedKey.parse(parts[0], parts[1]);
    }

    /**
     * What values are drawn from.
     *
     * @param text {@code key=low..high}, {@code key=low..high:log} or {@code key=a,b,c}
     * @throws InputException if it is not of one of these forms
     */
    static SearchKey random(String text) {
        String[] parts = parts(text, "key=low..high or key=low..high:log");
        return parts[1].contains("..") ? RangeKey.parse(parts[0], parts[1]) : ListedKey.parse(parts[0], parts[1]);
    }

    private static String[] parts(String text, String form) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new InputException("expected " + form + ", found '" + text + "'");
        }
        return new String[] {
            text.substring(0, equals).strip(), text.substring(equals + 1).strip()
        };
    }
}
