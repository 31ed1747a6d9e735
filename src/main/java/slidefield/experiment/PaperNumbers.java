package slidefield.experiment;

import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers that a paper prints for the rows and columns of a table, in the paper's unit. */
final class PaperNumbers {
    private static final Spread NONE = new Spread(Double.NaN, Double.NaN);

    private final Map<String, Map<String, Spread>> rows = new LinkedHashMap<>();

    /** Adds a number that the paper prints without a deviation. */
    PaperNumbers number(String method, String view, double mean) {
        return number(method, view, mean, Double.NaN);
    }

    /** Adds a number. */
    PaperNumbers number(String method, String view, double mean, double deviation) {
        rows.computeIfAbsent(method, name -> new LinkedHashMap<>()).put(view, new Spread(mean, deviation));
        return this;
    }

    /** A number; not a number where the paper prints none. */
    Spread of(String method, String view) {
        return rows.getOrDefault(method, Map.of()).getOrDefault(view, NONE);
    }
}
