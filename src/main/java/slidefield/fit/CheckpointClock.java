package slidefield.fit;

/** Decides after which epochs to save: not more often than writing costs, and always at the end of a step. */
final class CheckpointClock {
    private static final double SECONDS_BETWEEN = 20;

    private final TrainingOptions training;
    private long last = System.nanoTime();

    CheckpointClock(TrainingOptions training) {
        this.training = training;
    }

    boolean isDue(Trainer trainer) {
        EpochReport newest = trainer.reports().get(trainer.reports().size() - 1);
        boolean ends = newest.phase() == Phase.RECONSTRUCTION && newest.epoch() == training.reconstructionEpochs()
                || newest.phase() == Phase.REFIT
                || newest.phase() == Phase.LESION && newest.epoch() == training.lesionEpochs();
        if (ends || (System.nanoTime() - last) / 1e9 > SECONDS_BETWEEN) {
            last = System.nanoTime();
            return true;
        }
        return false;
    }
}
