package slidefield.notebook;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;

/**
 * A progress bar with rate and remaining time: one line that changes in place under a notebook's cell, a bar in
 * a terminal, and elsewhere a line every 20 seconds and at the end.
 *
 * <pre>{@code
 * try (var progress = Progress.of("Training", steps)) {
 *     for (...) progress.step("loss 0.01");
 * }
 * }</pre>
 *
 * <p>What stays in a notebook holds no time, so committed outputs are stable. A step of an interrupted thread ends the
 * loop with a {@link CancellationException}, so a notebook can stop any loop that shows its progress.
 */
public final class Progress implements AutoCloseable {
    private final String task;
    private final long total;
    private final ProgressView view;
    private final long start = System.nanoTime();
    private long done;
    private String note = "";
    private boolean closed;

    Progress(String task, long total, ProgressView view) {
        if (total < 0) {
            throw new IllegalArgumentException("expected a total of 0 (not known) or more, found " + total);
        }
        this.task = task;
        this.total = total;
        this.view = view;
        view.show(state(false));
    }

    /**
     * @param task what is being done, one or two words
     * @param total how many steps there will be; 0 where that is not known
     * @return a bar that is shown at once; close it
     */
    public static Progress of(String task, long total) {
        return new Progress(task, total, ProgressView.choose(task, total));
    }

    /**
     * One step is done.
     *
     * @throws CancellationException if the thread was interrupted
     */
    public void step() {
        step(1, note);
    }

    /**
     * One step is done.
     *
     * @param note a few words behind the bar, such as the loss
     * @throws CancellationException if the thread was interrupted
     */
    public void step(String note) {
        step(1, note);
    }

    /**
     * Some steps are done.
     *
     * @param steps how many, 0 or more
     * @param note a few words behind the bar
     * @throws CancellationException if the thread was interrupted
     */
    public synchronized void step(long steps, String note) {
        done += steps;
        this.note = note;
        view.show(state(false));
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(task + " was interrupted at " + count());
        }
    }

    /**
     * Shows this bar to work that tells which fraction of it is done.
     *
     * @return takes fractions in [0, 1]; they never lead back
     */
    public DoubleConsumer fractions() {
        return fraction -> step(Math.max(0, Math.round(fraction * total) - done), note);
    }

    /** Shows the last state for good. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            view.show(state(true));
        }
    }

    private String count() {
        return total > 0 ? done + " of " + total : String.valueOf(done);
    }

    private State state(boolean last) {
        return new State(task, done, total, note, (System.nanoTime() - start) / 1e9, last);
    }

    /**
     * What a view shows.
     *
     * @param seconds since the start; not shown in the last state
     * @param last whether this is the state that stays
     */
    record State(String task, long done, long total, String note, double seconds, boolean last) {
        /** Between 0 and 1; 0 where the total is not known. */
        double part() {
            return total > 0 ? Math.min(1, (double) done / total) : 0;
        }

        /** "12/40", or "12" where the total is not known. */
        String count() {
            return total > 0 ? done + "/" + total : String.valueOf(done);
        }

        /** "3.2/s, 9 s left", or nothing in the last state. */
        String pace() {
            if (last || done == 0 || seconds <= 0) {
                return "";
            }
            double rate = done / seconds;
            String speed = rate >= 1
                    ? String.format(Locale.ROOT, rate < 100 ? "%.1f/s" : "%.0f/s", rate)
                    : String.format(Locale.ROOT, "%.1f s each", 1 / rate);
            return total > done ? speed + ", " + duration((total - done) / rate) + " left" : speed;
        }

        /** All in one line, with a bar of characters. */
        String line() {
            int full = (int) Math.round(part() * 24);
            String bar = total > 0 ? " [" + "#".repeat(full) + ".".repeat(24 - full) + "] " : " ";
            StringBuilder line = new StringBuilder(task + bar + count());
            for (String more : new String[] {pace(), note}) {
                line.append(more.isEmpty() ? "" : "  " + more);
            }
            return line.append(last && total > 0 && done < total ? "  (stopped)" : "")
                    .toString();
        }

        private static String duration(double seconds) {
            long whole = Math.round(seconds);
            if (whole < 60) {
                return whole + " s";
            }
            return whole < 3600
                    ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                    : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
        }
    }
}
