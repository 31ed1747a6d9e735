package slidefield.fit;

/** Learning rates that change in the course of a phase. */
public final class Schedule {
    private Schedule() {}

    /**
     * Half a cosine from 1 down to {@code last}.
     *
     * @param progress 0 at the first step, 1 at the last
     * @param last the factor at the end; 1 gives a constant rate
     * @return the factor of the rate
     */
    public static double cosine(double progress, double last) {
        return last + (1 - last) * 0.5 * (1 + StrictMath.cos(Math.PI * Math.min(1, Math.max(0, progress))));
    }

    /**
     * A power of what is left, from 1 down to 0: TransUNet's {@code (1 - step / steps)^0.9}.
     *
     * @param progress 0 at the first step, 1 after the last
     * @param power positive; 1 is a straight line
     * @return the factor of the rate
     */
    public static double polynomial(double progress, double power) {
        return StrictMath.pow(1 - Math.min(1, Math.max(0, progress)), power);
    }
}
