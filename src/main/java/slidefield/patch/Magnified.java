package slidefield.patch;

import slidefield.fit.Part;
import slidefield.fit.Prediction;

/**
 * A prediction at more pixels than it was made at, interpolated linearly between pixel centres.
 *
 * @param coarse the prediction
 * @param width pixels wanted
 * @param height pixels wanted
 */
record Magnified(Prediction coarse, int width, int height) {
    /** Lesion probabilities of a part, row by row. */
    float[] lesion(Part part) {
        float[] values = new float[part.area()];
        for (int j = 0; j < part.height(); j++) {
            double v = position(part.y() + j, height, coarse.height());
            int top = (int) v;
            int bottom = Math.min(coarse.height() - 1, top + 1);
            for (int i = 0; i < part.width(); i++) {
                double u = position(part.x() + i, width, coarse.width());
                int left = (int) u;
                int right = Math.min(coarse.width() - 1, left + 1);
                double upper = mix(coarse.probability(left, top), coarse.probability(right, top), u - left);
                double lower = mix(coarse.probability(left, bottom), coarse.probability(right, bottom), u - left);
                values[j * part.width() + i] = (float) mix(upper, lower, v - top);
            }
        }
        return values;
    }

    /** Where the centre of a pixel lies between the centres of the coarse ones. */
    private static double position(int pixel, int fine, int coarse) {
        return Math.max(0, Math.min(coarse - 1, (pixel + 0.5) * coarse / fine - 0.5));
    }

    private static double mix(double a, double b, double share) {
        return a + share * (b - a);
    }
}
