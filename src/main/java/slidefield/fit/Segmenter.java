package slidefield.fit;

import java.util.ArrayList;
import java.util.List;
import slidefield.score.Confusion;
import slidefield.score.Resolution;
import slidefield.slide.View;

/**
 * Inference on a slide: fits a field to it and predicts it at every resolution that is asked for.
 *
 * <p>Not thread-safe, as its field is not.
 */
public final class Segmenter {
    private final TrainedField field;

    /** @param field trained */
    public Segmenter(TrainedField field) {
        this.field = field;
    }

    /**
     * One resolution's result.
     *
     * @param resolution of the prediction
     * @param fittedAt where the hash grid was fitted
     * @param plane the slide at this resolution
     * @param fitted how that went
     * @param prediction lesion probability and colours
     * @param seconds of fitting (shared by resolutions that share a fit) and prediction
     */
    public record Result(
            Resolution resolution,
            Resolution fittedAt,
            SlidePlane plane,
            Fitted fitted,
            Prediction prediction,
            double seconds) {
        /**
         * Counts pixels against the annotation.
         *
         * @throws IllegalStateException if the slide is not annotated
         */
        public Confusion confusion() {
            return new Confusion().add(prediction.mask(), plane.mask(0, 0, plane.width(), plane.height()));
        }
    }

    /**
     * @param slide the unseen slide
     * @param resolutions where to predict
     * @param optimisation where to fit
     * @param listener told how it goes
     * @return one result per resolution, in the given order
     * @throws slidefield.io.InputException if the slide holds no tissue
     */
    public List<Result> segment(
            OpenedSlide slide, List<Resolution> resolutions, Optimisation optimisation, FitListener listener) {
        for (Resolution resolution : resolutions) {
            View plane = slide.view(resolution);
            Prediction.requireRoom(plane.width(), plane.height(), true);
        }
        List<Result> results = new ArrayList<>();
        Fitted atBase = null;
        double fittingBase = 0;
        for (Resolution resolution : resolutions) {
            long start = System.nanoTime();
            SlidePlane plane = slide.at(resolution);
            Fitted fitted;
            if (optimisation == Optimisation.BASE) {
                if (atBase == null) {
                    atBase = field.fit(slide.at(Resolution.BASE), listener);
                    fittingBase = (System.nanoTime() - start) / 1e9;
                    start = System.nanoTime();
                }
                fitted = atBase;
            } else {
                fitted = field.fit(plane, listener);
            }
            Prediction prediction = field.predict(fitted, plane, listener);
            double seconds = (System.nanoTime() - start) / 1e9 + (optimisation == Optimisation.BASE ? fittingBase : 0);
            Resolution fittedAt = optimisation == Optimisation.BASE ? Resolution.BASE : resolution;
            results.add(new Result(resolution, fittedAt, plane, fitted, prediction, seconds));
        }
        return results;
    }
}
