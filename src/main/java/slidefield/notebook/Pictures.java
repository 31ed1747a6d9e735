package slidefield.notebook;

import java.awt.image.BufferedImage;
import slidefield.fit.Prediction;
import slidefield.fit.Segmenter;
import slidefield.fit.SlidePlane;
import slidefield.slide.View;

/** What a segmented slide looks like. */
public final class Pictures {
    /** Pictures for looking at are no larger than this. */
    private static final int LONG_SIDE = 1600;

    private Pictures() {}

    /**
     * The slide with the predicted lesions' outline and, where they are annotated, the true one.
     *
     * @param result one resolution of a segmented slide
     * @return at most 1600 pixels on the longer side, with a legend below
     */
    public static BufferedImage overlay(Segmenter.Result result) {
        return overlay(result.plane(), result.prediction());
    }

    /**
     * The slide with the predicted lesions' outline and, where they are annotated, the true one.
     *
     * @param plane the slide
     * @param prediction of that plane
     * @return at most 1600 pixels on the longer side, with a legend below
     */
    public static BufferedImage overlay(SlidePlane plane, Prediction prediction) {
        Overlay overlay = Overlay.on(
                        View.fitting(plane.view().slide(), LONG_SIDE).image())
                .prediction(new Grid(plane.height(), plane.width(), prediction.probabilities()));
        if (plane.annotated()) {
            overlay.truth(truth(plane));
        }
        return overlay.withLegend();
    }

    /** A slide with its annotated lesions' outline. */
    public static BufferedImage annotated(SlidePlane plane) {
        return Overlay.on(View.fitting(plane.view().slide(), LONG_SIDE).image())
                .truth(truth(plane))
                .withLegend();
    }

    /** The annotation of a whole plane. */
    private static Grid truth(SlidePlane plane) {
        byte[] mask = plane.mask(0, 0, plane.width(), plane.height());
        float[] values = new float[mask.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = mask[i];
        }
        return new Grid(plane.height(), plane.width(), values);
    }
}
