package slidefield.notebook;

import java.util.Locale;
import slidefield.fit.EpochReport;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;

/** Shows how fitting goes: one progress bar per phase, with the running mean of the loss behind it. */
public final class FitProgress implements FitListener, AutoCloseable {
    /** Weight of the past in the running mean. */
    private static final double SMOOTHING = 0.95;

    private Progress bar;
    private double mean = Double.NaN;
    private double validation = Double.NaN;

    @Override
    public void begin(Phase phase, String subject, long steps) {
        close();
        mean = Double.NaN;
        validation = Double.NaN;
        bar = Progress.of(phase.title() + (phase.ofOneSlide() ? " of " + subject : ""), steps);
    }

    @Override
    public void step(Phase phase, double loss) {
        if (phase != Phase.VALIDATION) {
            mean = Double.isNaN(mean) ? loss : SMOOTHING * mean + (1 - SMOOTHING) * loss;
        }
        if (bar != null) {
            bar.step(note(phase));
        }
    }

    private String note(Phase phase) {
        return switch (phase) {
            case LESION -> String.format(Locale.ROOT, "BCE + Dice %.3f", mean);
            case PATCHES, POINTS, PIXELS, SLIDES, ENCODER, VALIDATION -> String.format(Locale.ROOT, "loss %.3f", mean)
                    + (Double.isNaN(validation) ? "" : String.format(Locale.ROOT, ", validation %.3f", validation));
            case JOINT -> String.format(Locale.ROOT, "MSE + BCE + Dice %.3f", mean);
            case PREDICTION -> "";
            default -> String.format(Locale.ROOT, "PSNR %.2f dB", -10 * Math.log10(mean));
        };
    }

    @Override
    public void epoch(EpochReport report) {
        if (report.phase() == Phase.VALIDATION) {
            validation = report.loss();
        }
    }

    @Override
    public void end(Phase phase, String subject) {
        close();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
