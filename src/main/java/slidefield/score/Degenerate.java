package slidefield.score;

import java.util.Collection;

/**
 * Answers that look like numbers but hold no segmentation. WSI-INR's Table 2 has both: a Dice that is the same at
 * every resolution (0.0901) is what calling everything lesion gives, and 0.0000 is what calling nothing lesion
 * gives.
 */
public enum Degenerate {
    /** Nothing suspicious. */
    NONE(""),
    /** The same Dice at all resolutions, or every pixel predicted. */
    ALL_LESION("all-lesion answer?"),
    /** Dice 0 at all resolutions, or no pixel predicted although there is a lesion. */
    ALL_BACKGROUND("all-background answer?");

    /** Dice values that agree to the four decimals that tables print are the same. */
    private static final double SAME = 5e-5;

    private final String note;

    Degenerate(String note) {
        this.note = note;
    }

    /** A note for a table's last column; empty for {@link #NONE}. */
    public String note() {
        return note;
    }

    /**
     * Judges from the counts of one prediction.
     *
     * @param counts of one slide at one resolution
     */
    public static Degenerate of(Confusion counts) {
        if (counts.total() > 0 && counts.predicted() == counts.total() && counts.lesion() < counts.total()) {
            return ALL_LESION;
        }
        return counts.predicted() == 0 && counts.lesion() > 0 ? ALL_BACKGROUND : NONE;
    }

    /**
     * Judges from the Dice of one method at different resolutions, where that is all there is.
     *
     * @param dice one value per resolution; a single one above 0 tells nothing
     */
    public static Degenerate of(Collection<Double> dice) {
        if (dice.isEmpty()) {
            return NONE;
        }
        double least = dice.stream().mapToDouble(Double::doubleValue).min().getAsDouble();
        double most = dice.stream().mapToDouble(Double::doubleValue).max().getAsDouble();
        if (most < SAME) {
            return ALL_BACKGROUND;
        }
        return dice.size() > 1 && most - least < SAME && most < 1 - SAME ? ALL_LESION : NONE;
    }
}
