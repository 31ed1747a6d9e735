package slidefield.fit;

/** Range checks of options; the message names the option, its range and what was given. */
public final class Check {
    private Check() {}

    /** @throws IllegalArgumentException if the value is below {@code least}, infinite or no number */
    public static void atLeast(String option, double value, double least) {
        require(value >= least && Double.isFinite(value), option, "at least " + plain(least), value);
    }

    /** @throws IllegalArgumentException if the value is not from {@code least} to {@code most} */
    public static void between(String option, double value, double least, double most) {
        require(value >= least && value <= most, option, "between " + plain(least) + " and " + plain(most), value);
    }

    /** @throws IllegalArgumentException if the value is not above 0 or infinite */
    public static void positive(String option, double value) {
        require(value > 0 && Double.isFinite(value), option, "above 0", value);
    }

    /** @throws IllegalArgumentException if the value is not from 0 to 1 */
    public static void share(String option, double value) {
        require(value >= 0 && value <= 1, option, "between 0 and 1", value);
    }

    /** @throws IllegalArgumentException if the value is below {@code least}, or not below {@code limit} */
    public static void below(String option, double value, double least, double limit) {
        require(
                value >= least && value < limit,
                option,
                "at least " + plain(least) + " and below " + plain(limit),
                value);
    }

    private static void require(boolean holds, String option, String range, double value) {
        if (!holds) {
            throw new IllegalArgumentException(option + " must be " + range + ", got " + plain(value));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }
}
