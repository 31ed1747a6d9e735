package slidefield.notebook;

import java.awt.image.BufferedImage;
import slidefield.fit.Prediction;
import slidefield.fit.SlidePlane;
import slidefield.slide.View;

/** Probabilities and masks as pictures of their own, without the slide below. */
public final class Maps {
    private Maps() {}

    /**
     * A probability or a mask: from dark violet at 0 to yellow at 1.
     *
     * @param grid values from 0 to 1
     * @return one pixel per value
     */
    public static BufferedImage picture(Grid grid) {
        BufferedImage image = new BufferedImage(grid.width(), grid.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < grid.height(); y++) {
            for (int x = 0; x < grid.width(); x++) {
                image.setRGB(x, y, Palette.viridis(grid.values()[y * grid.width() + x]));
            }
        }
        return image;
    }

    /** The lesion probabilities of a prediction. */
    public static Grid probability(Prediction prediction) {
        return new Grid(prediction.height(), prediction.width(), prediction.probabilities());
    }

    /**
     * The annotation of a whole plane, 0 and 1.
     *
     * @param plane annotated
     */
    public static Grid truth(SlidePlane plane) {
        float[] values = new float[plane.width() * plane.height()];
        plane.lesion(0, 0, plane.width(), plane.height(), values);
        return new Grid(plane.height(), plane.width(), values);
    }

    /**
     * The slide itself.
     *
     * @param plane any
     * @param longSide pixels that the longer side may have
     */
    public static BufferedImage slide(SlidePlane plane, int longSide) {
        return View.fitting(plane.view().slide(), longSide).image();
    }
}
