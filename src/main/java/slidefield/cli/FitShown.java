package slidefield.cli;

import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.notebook.FitProgress;

/** Progress bars of fitting, and its notices as lines on standard error. */
final class FitShown implements FitListener, AutoCloseable {
    private final FitProgress bars = new FitProgress();
    private final Report report;

    FitShown(Report report) {
        this.report = report;
    }

    @Override
    public void notice(String line) {
        report.aside().println(line);
    }

    @Override
    public void begin(Phase phase, String subject, long steps) {
        bars.begin(phase, subject, steps);
    }

    @Override
    public void step(Phase phase, double loss) {
        bars.step(phase, loss);
    }

    @Override
    public void epoch(EpochReport epoch) {
        bars.epoch(epoch);
    }

    @Override
    public void end(Phase phase, String subject) {
        bars.end(phase, subject);
    }

    @Override
    public void close() {
        bars.close();
    }
}
