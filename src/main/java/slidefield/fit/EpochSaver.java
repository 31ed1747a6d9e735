package slidefield.fit;

import java.util.function.Predicate;

/**
 * Keeps a run folder up to date: after every epoch the metrics, and a checkpoint where {@link CheckpointClock} says so.
 *
 * <p>Not thread-safe: for the thread that trains.
 */
public final class EpochSaver {
    private final RunFolder folder;
    private final CheckpointClock clock;

    /**
     * @param folder of the run
     * @param endsStep whether nothing after this epoch belongs to what it was a part of
     */
    public EpochSaver(RunFolder folder, Predicate<EpochReport> endsStep) {
        this.folder = folder;
        this.clock = new CheckpointClock(endsStep);
    }

    /** To be called between two epochs. */
    public void after(Resumable training) {
        folder.metrics(training.reports());
        if (clock.isDue(training.reports())) {
            long start = System.nanoTime();
            Checkpoint.save(folder.path(), training);
            clock.saved((System.nanoTime() - start) / 1e9);
        }
    }
}
