package slidefield.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import slidefield.score.Confusion;

/**
 * Predicts a slide after every epoch of its inference-time optimisation, to see what each epoch brought. Told to the
 * fit as its listener; passes everything on to another.
 *
 * <pre>{@code
 * var watch = new EpochWatch(field, plane, progress);
 * field.fit(plane, watch);
 * watch.seen();
 * }</pre>
 *
 * <p>Not thread-safe: for the thread that fits.
 */
public final class EpochWatch implements FitListener {
    private final TrainedField field;
    private final Plane plane;
    private final FitListener next;
    private final List<Seen> seen = new ArrayList<>();

    /**
     * What a slide looked like after an epoch.
     *
     * @param epoch the epoch's report; its loss was measured before each update
     * @param prediction of the whole plane with what the fit would have given if it had ended here; its
     *     {@link Prediction#psnr} is of the tissue
     * @param counts against the annotation; null where there is none
     */
    public record Seen(EpochReport epoch, Prediction prediction, Confusion counts) {}

    /**
     * @param field that the slide is fitted with
     * @param plane where to predict: the one that is fitted to, or another resolution of it. Every epoch's prediction is
     *     kept, 4 bytes per pixel
     * @param next told everything as well
     */
    public EpochWatch(TrainedField field, Plane plane, FitListener next) {
        this.field = field;
        this.plane = plane;
        this.next = next;
    }

    /** One entry per epoch so far, in order. */
    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void fitted(Phase phase, Supplier<Fitted> now) {
        Fitted fitted = now.get();
        Prediction prediction = field.predict(fitted, plane, NONE);
        Confusion counts = null;
        if (plane.annotated()) {
            float[] lesion = new float[plane.width() * plane.height()];
            plane.lesion(0, 0, plane.width(), plane.height(), lesion);
            byte[] truth = new byte[lesion.length];
            for (int i = 0; i < truth.length; i++) {
                truth[i] = (byte) (lesion[i] > 0 ? 1 : 0);
            }
            counts = new Confusion().add(prediction.mask(), truth);
        }
        seen.add(new Seen(fitted.epochs().get(fitted.epochs().size() - 1), prediction, counts));
        next.fitted(phase, now);
    }

    @Override
    public void notice(String line) {
        next.notice(line);
    }

    @Override
    public void begin(Phase phase, String subject, long steps) {
        next.begin(phase, subject, steps);
    }

    @Override
    public void step(Phase phase, double loss) {
        next.step(phase, loss);
    }

    @Override
    public void epoch(EpochReport report) {
        next.epoch(report);
    }

    @Override
    public void end(Phase phase, String subject) {
        next.end(phase, subject);
    }
}
