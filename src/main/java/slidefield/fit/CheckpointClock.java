package slidefield.fit;

/**
 * Decides after which epochs to save: after the first, at the end of each step, and in between every 20 seconds, or as
 * often as saving costs at most a twentieth of the time.
 */
final class CheckpointClock {
    private static final double SECONDS_BETWEEN = 20;

    private final TrainingOptions training;
    private static final double LARGEST_COST = 0.05;

    private double lastCost;
    private long last = System.nanoTime();

    CheckpointClock(TrainingOptions training) {
        this.training = training;
    }

    boolean isDue(Trainer trainer) {
        EpochReport newest = trainer.reports().get(trainer.reports().size() - 1);
        double since = (System.nanoTime() - last) / 1e9;
        boolean cheap = since > SECONDS_BETWEEN || lastCost < LARGEST_COST * since;
        return trainer.reports().size() == 1 || cheap || endsStep(newest);
    }

    /** Told after every save how long it took. */
    void saved(double seconds) {
        lastCost = seconds;
        last = System.nanoTime();
    }

    private boolean endsStep(EpochReport newest) {
        return newest.phase() == Phase.RECONSTRUCTION && newest.epoch() == training.reconstructionEpochs()
                || newest.phase() == Phase.REFIT
                || newest.phase() == Phase.LESION && newest.epoch() == training.lesionEpochs();
    }
}
