package slidefield.fit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import slidefield.io.InputException;
import slidefield.nn.NonFiniteException;
import slidefield.nn.Parameter;

/**
 * Goes through an epoch's steps in their order, watches their losses and reports what they came to.
 *
 * <p>Not thread-safe: for the thread that trains.
 */
public final class EpochLoop {
    /** Losses here are around 1 at first; none of this size leads anywhere. */
    private static final double DIVERGED = 1e9;

    private final Phase phase;
    private final String subject;
    private final FitListener listener;

    /**
     * @param phase what is fitted
     * @param subject the slide, or the run's slides together
     * @param listener told of every step and epoch
     */
    public EpochLoop(Phase phase, String subject, FitListener listener) {
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
     * @param visits the steps' work in order: windows, or batches of patches
     * @param step does one step and gives its loss
     * @return the mean loss
     * @throws InputException if the loss stops being a sensible number
     * @throws CancellationException if the thread was interrupted; the last checkpoint is whole
     * @param <V> the work of one step
     */
    public <V> EpochReport run(int epoch, List<V> visits, ToDoubleFunction<V> step) {
        long start = System.nanoTime();
        double sum = 0;
        for (V visit : visits) {
            if (Thread.interrupted()) {
                throw new CancellationException("stopped in epoch " + epoch + " of " + phase.title());
            }
            double loss = loss(epoch, visit, step);
            sum += loss;
            listener.step(phase, loss);
        }
        EpochReport report = new EpochReport(
                phase, subject, epoch, sum / visits.size(), visits.size(), (System.nanoTime() - start) / 1e9);
        listener.epoch(report);
        return report;
    }

    private <V> double loss(int epoch, V visit, ToDoubleFunction<V> step) {
        try {
            double loss = step.applyAsDouble(visit);
            if (loss < DIVERGED) {
                return loss;
            }
            throw diverged(phase, epoch, "loss is " + loss, null);
        } catch (NonFiniteException failure) {
            throw diverged(phase, epoch, "loss is not finite", failure);
        }
    }

    /**
     * Complains about values that are not finite.
     *
     * @param arrays what was trained in this phase
     * @throws InputException if one holds such a value
     */
    public static void requireFinite(Phase phase, int epoch, Collection<Parameter> arrays) {
        for (Parameter array : arrays) {
            if (!Double.isFinite(array.value().sumNumber().doubleValue())) {
                throw diverged(phase, epoch, "weights are not finite", null);
            }
        }
    }

    private static InputException diverged(Phase phase, int epoch, String what, Exception cause) {
        return new InputException(
                phase.title() + " diverged in epoch " + epoch + ": the " + what + "; lower " + phase.rates()
                        + " with --set and start anew" + (phase == Phase.ITO ? "" : " (the last checkpoint is whole)"),
                cause);
    }
}
