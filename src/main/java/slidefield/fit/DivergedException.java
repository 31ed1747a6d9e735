package slidefield.fit;

import java.nio.file.Path;
import java.util.List;
import slidefield.io.InputException;

/**
 * A loss, a gradient or a weight became NaN or infinite, or a loss so large that it leads nowhere. The message says in
 * which step of which epoch, what went bad, what to change, and which checkpoint is the last good one.
 */
public final class DivergedException extends InputException {
    private final String what;

    /**
     * @param what one line without the checkpoint
     * @param kept what is still good
     * @param cause what was found first, or null
     */
    private DivergedException(String what, String kept, Throwable cause) {
        super(kept.isEmpty() ? what : what + "; " + kept, cause);
        this.what = what;
    }

    /**
     * @param phase what was fitted, or checked
     * @param learnt whose rates may be too high
     * @param where the epoch, and the step in it
     * @param what was found and in which array
     * @param cause what was found first, or null
     */
    static DivergedException in(Phase phase, Phase learnt, String where, String what, Throwable cause) {
        String line = phase.title() + " diverged " + where + ": " + what + "; lower " + learnt.rates()
                + " with --set and start anew";
        return new DivergedException(line, phase == Phase.ITO ? "the field itself is unchanged" : "", cause);
    }

    /**
     * The same with the run's last checkpoint.
     *
     * @param folder of the run
     */
    public DivergedException with(Path folder) {
        String kept = Checkpoint.last(folder)
                .map(last -> "the last good checkpoint is " + last.arrays() + " (" + after(last.reports()) + ")")
                .orElse("there is no checkpoint yet");
        return new DivergedException(what, kept, getCause() == null ? this : getCause());
    }

    private static String after(List<EpochReport> reports) {
        if (reports.isEmpty()) {
            return "before the first epoch";
        }
        EpochReport last = reports.get(reports.size() - 1);
        return "after epoch " + last.epoch() + " of " + last.phase().title();
    }
}
