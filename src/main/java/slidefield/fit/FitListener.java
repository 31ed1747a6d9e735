package slidefield.fit;

import java.util.function.Supplier;

/**
 * Told how fitting goes: for progress bars, loss curves and metrics files.
 *
 * <p>Told from the thread that fits: a listener of one fit need not be thread-safe.
 */
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

    /**
     * An epoch of fitting one slide has ended ({@link Phase#ITO}, {@link Phase#REFIT}). Follows {@link #epoch}.
     *
     * @param phase what is fitted
     * @param now gives what the slide's fit would be if it ended here. It costs two sweeps over the table, so it is only
     *     made when asked for; it may be predicted with, and holds during this call only
     */
    default void fitted(Phase phase, Supplier<Fitted> now) {}

    /** A phase has ended, by its last epoch or by the stop rule. */
    default void end(Phase phase, String subject) {}
}
