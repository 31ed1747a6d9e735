package slidefield.fit;

/** Told how fitting goes: for progress bars, loss curves and metrics files. */
public interface FitListener {
    /** Listens to nothing. */
    FitListener NONE = new FitListener() {};

    /**
     * Something was assumed or repaired that a person should know.
     *
     * @param line one line
     */
    default void notice(String line) {}

    /**
     * A phase begins.
     *
     * @param phase what is fitted
     * @param subject the slide, or the run's slides together
     * @param steps windows, or batches of patches, that it will visit at most
     */
    default void begin(Phase phase, String subject, long steps) {}

    /**
     * One window, or one batch of patches, was visited.
     *
     * @param phase what is fitted
     * @param loss its loss before its update; NaN where there is none
     */
    default void step(Phase phase, double loss) {}

    /** One epoch has ended. */
    default void epoch(EpochReport report) {}

    /** A phase has ended, by its last epoch or by the stop rule. */
    default void end(Phase phase, String subject) {}
}
