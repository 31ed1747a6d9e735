package slidefield.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Measures before the first epoch of a training and after every one how strongly each loss pulls ({@link Pull}). Told to
 * the training as its listener; passes everything on to another.
 *
 * <p>Not thread-safe: for the thread that trains.
 */
public final class PullWatch implements FitListener {
    private final Trainer trainer;
    private final int slide;
    private final Part part;
    private final FitListener next;
    private final List<Pull> pulls = new ArrayList<>();

    /**
     * @param trainer that trains, from the start
     * @param slide counted from 0, in the order given to the trainer
     * @param part the window of that slide to measure on
     * @param next told everything as well
     */
    public PullWatch(Trainer trainer, int slide, Part part, FitListener next) {
        this.trainer = trainer;
        this.slide = slide;
        this.part = part;
        this.next = next;
    }

    /** The fresh field's, then one per epoch so far in which the decoder learns. */
    public List<Pull> pulls() {
        return List.copyOf(pulls);
    }

    private static boolean trainsDecoder(Phase phase) {
        return phase == Phase.JOINT || phase == Phase.RECONSTRUCTION;
    }

    @Override
    public void begin(Phase phase, String subject, long steps) {
        if (trainsDecoder(phase) && pulls.isEmpty()) {
            pulls.add(trainer.pull(slide, part));
        }
        next.begin(phase, subject, steps);
    }

    @Override
    public void epoch(EpochReport report) {
        if (trainsDecoder(report.phase())) {
            pulls.add(trainer.pull(slide, part));
        }
        next.epoch(report);
    }

    @Override
    public void notice(String line) {
        next.notice(line);
    }

    @Override
    public void step(Phase phase, double loss) {
        next.step(phase, loss);
    }

    @Override
    public void fitted(Phase phase, Supplier<Fitted> now) {
        next.fitted(phase, now);
    }

    @Override
    public void end(Phase phase, String subject) {
        next.end(phase, subject);
    }
}
