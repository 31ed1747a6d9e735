package slidefield.experiment;

import java.util.LinkedHashMap;
import java.util.Map;

/** The Dice that a paper prints for the rows and columns of a table, in percent. */
final class PaperNumbers {
    private static final Spread NONE = new Spread(Double.NaN, Double.NaN);

    private final Map<String, Map<String, Spread>> rows = new LinkedHashMap<>();

    /** Adds a number that the paper prints without a deviation. */
    PaperNumbers dice(String method, String view, double dice) {
        return dice(method, view, dice, Double.NaN);
    }

    /** Adds a number. */
    PaperNumbers dice(String method, String view, double dice, double deviation) {
        rows.computeIfAbsent(method, name -> new LinkedHashMap<>()).put(view, new Spread(dice, deviation));
        return this;
    }

    /** A number; not a number where the paper prints none. */
    Spread of(String method, String view) {
        return rows.getOrDefault(method, Map.of()).getOrDefault(view, NONE);
    }
}
