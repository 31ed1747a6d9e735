package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import slidefield.field.LevelMask;

/**
 * A way to open and close the levels of a hash grid (WSI-INR Fig. 4).
 *
 * @param name for tables
 * @param kind the family it belongs to, for curves
 * @param level what the family counts, from 1
 * @param mask which levels pass
 * @param when whether the others are closed while the slide is fitted, or only afterwards
 * @param epochs of the inference-time optimisation
 */
record LevelVariant(String name, Kind kind, int level, LevelMask mask, When when, int epochs) {
    /** Families of variants. */
    enum Kind {
        /** The paper's three. */
        FIGURE("figure 4"),
        /** The coarsest so many levels. */
        UP_TO("levels 1 to k"),
        /** All levels but one. */
        WITHOUT("all levels but k");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** When levels are closed. */
    enum When {
        /** During the inference-time optimisation, as in the paper. */
        DURING("closed during the fit"),
        /** After a fit of all levels. */
        AFTER("closed after the fit");

        private final String label;

        When(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static final String FULL = "full";
    static final String LOW = "low-level only";
    static final String HIGH = "high-level only";

    /** The paper's: all levels, the coarser half, the finer half. */
    static List<LevelVariant> figure(int levels, int epochs) {
        int low = levels / 2;
        return List.of(
                new LevelVariant(FULL, Kind.FIGURE, 1, LevelMask.all(levels), When.DURING, epochs),
                new LevelVariant(LOW, Kind.FIGURE, 2, LevelMask.lowest(levels, low), When.DURING, epochs),
                new LevelVariant(HIGH, Kind.FIGURE, 3, LevelMask.highest(levels, levels - low), When.DURING, epochs));
    }

    /** The sweep: levels up to each, and all but each. */
    static List<LevelVariant> sweep(int levels, int epochs, When when) {
        List<LevelVariant> variants = new ArrayList<>();
        for (int k = 1; k <= levels; k++) {
            variants.add(of(Kind.UP_TO, k, LevelMask.lowest(levels, k), when, epochs));
        }
        for (int k = 1; k <= levels; k++) {
            variants.add(of(Kind.WITHOUT, k, LevelMask.without(levels, k - 1), when, epochs));
        }
        return variants;
    }

    private static LevelVariant of(Kind kind, int k, LevelMask mask, When when, int epochs) {
        return new LevelVariant(kind.label() + ", k = " + k + ", " + when.label(), kind, k, mask, when, epochs);
    }

    /** For files. */
    String fileName() {
        return "levels-" + mask.toString().replace(", ", "+") + "-"
                + when.name().toLowerCase(Locale.ROOT) + "-epochs-" + epochs;
    }
}
