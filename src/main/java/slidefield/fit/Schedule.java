package slidefield.fit;

/** Learning rates that change in the course of a phase. */
public final class Schedule {
    private Schedule() {}

    /**
     * Half a cosine from 1 down to {@code last}.
     *
     * @param progress 0 at the first step, 1 at the last
     * @param last the factor at the end; 1 gives a constant rate
     */
    public static double cosine(double progress, double last) {
        return last + (1 - last) * 0.5 * (1 + StrictMath.cos(Math.PI * Math.min(1, Math.max(0, progress))));
    }
}
