package slidefield.experiment;

import java.awt.image.BufferedImage;
import slidefield.fit.Part;
import slidefield.fit.Plane;
import slidefield.fit.Prediction;
import slidefield.fit.SlidePlane;

/** A small part of a slide to look at closely: where about half is lesion, so that both sides are seen. */
final class Border {
    private static final int SIDE = 160;

    private Border() {}

    /**
     * The part of a grid of squares whose lesion share is nearest to a half; the first of several.
     *
     * @param plane annotated
     */
    static Part of(Plane plane) {
        int width = Math.min(SIDE, plane.width());
        int height = Math.min(SIDE, plane.height());
        float[] lesion = new float[width * height];
        Part best = new Part(0, 0, width, height);
        double nearest = Double.POSITIVE_INFINITY;
        for (int y = 0; y + height <= plane.height(); y += height / 2 + 1) {
            for (int x = 0; x + width <= plane.width(); x += width / 2 + 1) {
                plane.lesion(x, y, width, height, lesion);
                double share = 0;
                for (float pixel : lesion) {
                    share += pixel;
                }
                double distance = Math.abs(share / lesion.length - 0.5);
                if (distance < nearest) {
                    nearest = distance;
                    best = new Part(x, y, width, height);
                }
            }
        }
        return best;
    }

    /** The painted colours of a part. */
    static BufferedImage painted(Prediction prediction, Part part) {
        return prediction.reconstruction().getSubimage(part.x(), part.y(), part.width(), part.height());
    }

    /** The colours of a part of the slide. */
    static BufferedImage slide(SlidePlane plane, Part part) {
        return plane.view().region(part.x(), part.y(), part.width(), part.height());
    }
}
