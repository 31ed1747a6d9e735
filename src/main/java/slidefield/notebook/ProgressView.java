package slidefield.notebook;

import java.io.Console;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Where progress is shown; each way decides itself how often. */
interface ProgressView {
    /**
     * @param state what to show now; nothing follows a last state
     */
    void show(Progress.State state);

    /**
     * @param task what is being done
     * @param total how many steps, 0 where not known
     * @return in a notebook, in a terminal, or line by line
     */
    static ProgressView choose(String task, long total) {
        if (NotebookKernel.find().isPresent()) {
            return new InNotebook(new Live(), System::nanoTime);
        }
        return isTerminal() ? new InTerminal(task, total) : new LineByLine(System.err);
    }

    /**
     * Whether standard error is a terminal. The launcher knows (system property {@code slidefield.terminal}); without
     * it a console is taken for one. From JDK 22 on there is a console without a terminal too, and it says so itself.
     */
    private static boolean isTerminal() {
        String said = System.getProperty("slidefield.terminal");
        if (said != null) {
            return Boolean.parseBoolean(said);
        }
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }

    /** One display, updated at most five times a second. */
    final class InNotebook implements ProgressView {
        private static final long BETWEEN_NANOS = 200_000_000;

        private final Live live;
        private final java.util.function.LongSupplier clock;
        private long next = Long.MIN_VALUE;

        InNotebook(Live live, java.util.function.LongSupplier clock) {
            this.live = live;
            this.clock = clock;
        }

        @Override
        public void show(Progress.State state) {
            long now = clock.getAsLong();
            if (state.last() || next == Long.MIN_VALUE || now - next >= 0) {
                next = now + BETWEEN_NANOS;
                live.show(Bundle.html(html(state), state.line()));
            }
        }

        private static String html(Progress.State state) {
            String behind = String.join(" &nbsp; ", TableText.escaped(state.pace()), TableText.escaped(state.note()));
            boolean stopped = state.last() && state.total() > 0 && state.done() < state.total();
            String bar = state.total() <= 0
                    ? ""
                    : "<span style=\"display:inline-block;width:16em;height:0.7em;background:#E4E4E4;"
                            + "border-radius:0.35em;overflow:hidden;vertical-align:middle\">"
                            + "<span style=\"display:block;width:" + Math.round(state.part() * 100)
                            + "%;height:100%;background:" + (stopped ? "#D55E00" : "#0072B2") + "\"></span></span>";
            return "<div style=\"font-variant-numeric:tabular-nums\">" + TableText.escaped(state.task()) + " " + bar
                    + " " + state.count() + " &nbsp; " + behind + (stopped ? " (stopped)" : "") + "</div>";
        }
    }

    /** The bar of me.tongfei.progressbar, on standard error. */
    final class InTerminal implements ProgressView {
        private final ProgressBar bar;

        InTerminal(String task, long total) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total > 0 ? total : -1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .showSpeed()
                    .build();
        }

        @Override
        public void show(Progress.State state) {
            bar.stepTo(state.done());
            bar.setExtraMessage(state.note());
            if (state.last()) {
                bar.close();
            }
        }
    }

    /** A line every 20 seconds and one at the end: for log files and pipes. */
    final class LineByLine implements ProgressView {
        private static final double SECONDS_BETWEEN = 20;

        private final PrintStream out;
        private double next = SECONDS_BETWEEN;

        LineByLine(PrintStream out) {
            this.out = out;
        }

        @Override
        public void show(Progress.State state) {
            if (state.last() || state.seconds() >= next) {
                next = state.seconds() + SECONDS_BETWEEN;
                out.println(state.line());
            }
        }
    }
}
