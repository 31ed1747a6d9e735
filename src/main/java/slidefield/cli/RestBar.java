package slidefield.cli;

import java.util.Locale;
import java.util.function.DoubleConsumer;
import slidefield.notebook.Progress;

/**
 * A progress bar for work that may go on from where it was stopped: it shows what is left, so that rate and remaining time are
 * those of this run. Shown once there is progress: not before a refusal, nor where nothing is left.
 *
 * <p>Not thread-safe: for the thread that works.
 */
final class RestBar implements DoubleConsumer, AutoCloseable {
    private final String task;
    private double done = -1;
    private Progress shown;

    /** @param task what is being done, a few words */
    RestBar(String task) {
        this.task = task;
    }

    /** @param fraction of all the work, in [0, 1]; the first one is what was done before */
    @Override
    public void accept(double fraction) {
        if (done < 0) {
            done = fraction;
        }
        if (done >= 1) {
            return;
        }
        if (shown == null) {
            String before = done == 0 ? "" : String.format(Locale.ROOT, " from %d %% on", (int) (100 * done));
            shown = Progress.of(task + before + ", %", 100);
        }
        shown.fractions().accept((fraction - done) / (1 - done));
    }

    @Override
    public void close() {
        if (shown != null) {
            shown.close();
        }
    }
}
