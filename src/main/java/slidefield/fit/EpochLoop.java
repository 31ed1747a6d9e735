package slidefield.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.NonFinite;
import slidefield.nn.NonFiniteException;

/**
 * Goes through an epoch's steps in their order, watches their losses and reports what they came to.
 *
 * <p>Not thread-safe: for the thread that trains.
 */
public final class EpochLoop {
    /** Losses here are around 1 at first; none of this size leads anywhere. */
    private static final double DIVERGED = 1e9;

    private final Phase phase;
    /** Whose rates may be too high. */
    private final Phase learnt;

    private final String subject;
    private final Supplier<Map<String, INDArray>> arrays;
    private final FitListener listener;

    /**
     * @param phase what is fitted
     * @param subject the slide, or the run's slides together
     * @param arrays what may go bad, by name, in the order in which a forward pass uses it; asked for when a loss is bad
     * @param listener told of every step and epoch
     */
    public EpochLoop(Phase phase, String subject, Supplier<Map<String, INDArray>> arrays, FitListener listener) {
        this(phase, phase, subject, arrays, listener);
    }

    private EpochLoop(
            Phase phase, Phase learnt, String subject, Supplier<Map<String, INDArray>> arrays, FitListener listener) {
        this.phase = phase;
        this.learnt = learnt;
        this.subject = subject;
        this.arrays = arrays;
        this.listener = listener;
    }

    /** The validations between these epochs: where one diverges, it is this training's rate that is too high. */
    public EpochLoop validation() {
        return new EpochLoop(Phase.VALIDATION, learnt, subject, arrays, listener);
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
     * Cuts an epoch's work into that of its steps.
     *
     * @param all in their order
     * @param size of a batch; the last one may be smaller
     * @param <T> whatever a step takes several of
     */
    public static <T> List<List<T>> batches(List<T> all, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int i = 0; i < all.size(); i += size) {
            batches.add(all.subList(i, Math.min(all.size(), i + size)));
        }
        return batches;
    }

    /**
     * @param epoch counted from 1
     * @param visits the steps' work in order: windows, or batches of patches
     * @param step does one step and gives its loss
     * @return the mean loss
     * @throws DivergedException if the loss or a gradient stops being a sensible number
     * @throws CancellationException if the thread was interrupted; the last checkpoint is whole
     * @param <V> the work of one step
     */
    public <V> EpochReport run(int epoch, List<V> visits, ToDoubleFunction<V> step) {
        long start = System.nanoTime();
        double sum = 0;
        int done = 0;
        for (V visit : visits) {
            if (Thread.interrupted()) {
                throw new CancellationException("stopped in epoch " + epoch + " of " + phase.title());
            }
            double loss = loss(visit, step, "in epoch " + epoch + " at step " + ++done + " of " + visits.size());
            sum += loss;
            listener.step(phase, loss);
        }
        EpochReport report = new EpochReport(
                phase, subject, epoch, sum / visits.size(), visits.size(), (System.nanoTime() - start) / 1e9);
        listener.epoch(report);
        return report;
    }

    private <V> double loss(V visit, ToDoubleFunction<V> step, String where) {
        double loss;
        try {
            loss = step.applyAsDouble(visit);
        } catch (NonFiniteException failure) {
            throw DivergedException.in(phase, learnt, where, failure.getMessage() + suspect(), failure);
        }
        if (Math.abs(loss) < DIVERGED) {
            return loss;
        }
        throw DivergedException.in(phase, learnt, where, "the loss is " + loss + suspect(), null);
    }

    /** The first array with bad values, or the one with the largest. */
    private String suspect() {
        Map<String, INDArray> all = arrays.get();
        List<String> bad = NonFinite.in(all);
        if (!bad.isEmpty()) {
            return ", and the values of \"" + bad.get(0) + "\" are not finite";
        }
        String largest = "";
        double most = 0;
        for (Map.Entry<String, INDArray> each : all.entrySet()) {
            double here = each.getValue().amaxNumber().doubleValue();
            if (here > most) {
                largest = each.getKey();
                most = here;
            }
        }
        return String.format(Locale.ROOT, "; all values are finite, the largest is %.3g in \"%s\"", most, largest);
    }

    /**
     * Complains about values that are not finite after an epoch.
     *
     * @param done the epochs so far
     * @param arrays by name
     * @throws DivergedException if one holds such a value
     */
    static void requireFinite(List<EpochReport> done, Map<String, INDArray> arrays) {
        for (int i = done.size() - 1; i >= 0; i--) {
            // A validation changes nothing: what is bad was so after the epoch that it follows.
            if (done.get(i).phase() != Phase.VALIDATION) {
                requireFinite(done.get(i).phase(), done.get(i).epoch(), arrays);
                return;
            }
        }
    }

    /**
     * Complains about values that are not finite.
     *
     * @param epoch the one that has just ended
     * @param arrays by name what was trained in this phase
     * @throws DivergedException if one holds such a value
     */
    public static void requireFinite(Phase phase, int epoch, Map<String, INDArray> arrays) {
        List<String> bad = NonFinite.in(arrays);
        if (!bad.isEmpty()) {
            throw DivergedException.in(
                    phase,
                    phase,
                    "in epoch " + epoch + " at its last step",
                    "the values of \"" + bad.get(0) + "\" are not finite",
                    null);
        }
    }
}
