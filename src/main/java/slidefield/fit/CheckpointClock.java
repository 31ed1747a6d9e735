package slidefield.fit;

import java.util.List;
import java.util.function.Predicate;

/**
 * Decides after which epochs to save: after the first, at the end of each step, and in between every 20 seconds, or as
 * often as saving costs at most a twentieth of the time.
 */
final class CheckpointClock {
    private static final double SECONDS_BETWEEN = 20;
    private static final double LARGEST_COST = 0.05;

    private final Predicate<EpochReport> endsStep;
    private boolean saved;
    private double lastCost;
    private long last = System.nanoTime();

    /** @param endsStep whether nothing after this epoch belongs to what it was a part of */
    CheckpointClock(Predicate<EpochReport> endsStep) {
        this.endsStep = endsStep;
    }

    boolean isDue(List<EpochReport> reports) {
        double since = (System.nanoTime() - last) / 1e9;
        boolean cheap = since > SECONDS_BETWEEN || lastCost < LARGEST_COST * since;
        return !saved || cheap || endsStep.test(reports.get(reports.size() - 1));
    }

    /** Told after every save how long it took. */
    void saved(double seconds) {
        saved = true;
        lastCost = seconds;
        last = System.nanoTime();
    }
}
