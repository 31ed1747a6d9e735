package slidefield.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;

/** Visits every window of an epoch once, in a seeded order. */
final class EpochLoop {
    private final Phase phase;
    private final String subject;
    private final FitListener listener;

    EpochLoop(Phase phase, String subject, FitListener listener) {
        this.phase = phase;
        this.subject = subject;
        this.listener = listener;
    }

    /** Every window of every subject, shuffled together. */
    static List<Visit> visits(List<Subject> subjects, int jitter, Random random) {
        List<Visit> visits = new ArrayList<>();
        for (Subject each : subjects) {
            for (Part part : each.cover().epoch(jitter, random)) {
                visits.add(new Visit(each, part));
            }
        }
        Collections.shuffle(visits, random);
        return visits;
    }

    /**
     * @param epoch counted from 1
     * @param visits the windows in order
     * @param step fits one window and gives its loss
     * @return the mean loss
     * @throws CancellationException if the thread was interrupted; the last checkpoint is whole
     */
    EpochReport run(int epoch, List<Visit> visits, ToDoubleFunction<Visit> step) {
        long start = System.nanoTime();
        double sum = 0;
        for (Visit visit : visits) {
            if (Thread.interrupted()) {
                throw new CancellationException("stopped in epoch " + epoch + " of " + phase.title());
            }
            double loss = step.applyAsDouble(visit);
            sum += loss;
            listener.step(phase, loss);
        }
        EpochReport report = new EpochReport(
                phase, subject, epoch, sum / visits.size(), visits.size(), (System.nanoTime() - start) / 1e9);
        listener.epoch(report);
        return report;
    }
}
