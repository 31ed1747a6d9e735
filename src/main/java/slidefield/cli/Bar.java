package slidefield.cli;

import java.io.PrintStream;
import java.util.function.DoubleConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with rate and time left on standard error; silent where that is no terminal. */
final class Bar implements DoubleConsumer, AutoCloseable {
    private final ProgressBar bar;
    private final long units;

    private Bar(ProgressBar bar, long units) {
        this.bar = bar;
        this.units = units;
    }

    /**
     * @param task what is done
     * @param unit what is counted, such as {@code Mpx}
     * @param units how many there are
     * @param err standard error
     */
    static Bar of(String task, String unit, long units, PrintStream err) {
        if (!isTerminal()) {
            return new Bar(null, 0);
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setInitialMax(units)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .build();
        return new Bar(bar, units);
    }

    /** The launcher knows; without it, a console is taken for a terminal. */
    private static boolean isTerminal() {
        String said = System.getProperty("slidefield.terminal");
        return said == null ? System.console() != null : Boolean.parseBoolean(said);
    }

    /** @param fraction done, in [0, 1] */
    @Override
    public void accept(double fraction) {
        if (bar != null) {
            bar.stepTo(Math.round(fraction * units));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
