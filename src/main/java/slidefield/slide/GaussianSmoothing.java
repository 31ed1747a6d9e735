package slidefield.slide;

/**
 * Gaussian smoothing of a map, one axis after the other, cut off at four deviations; beyond its edge a map goes on mirrored.
 *
 * <p>Holds nothing: thread-safe.
 */
public final class GaussianSmoothing {
    private static final double CUT = 4;

    private GaussianSmoothing() {}

    /**
     * @param map height x width, row-major
     * @param width columns
     * @param height rows
     * @param sigma standard deviation in places, above 0
     * @return the smoothed map; its mean is that of the map
     * @throws IllegalArgumentException if the sizes do not fit or sigma is not positive
     */
    public static float[] of(float[] map, int width, int height, double sigma) {
        if (width < 1 || height < 1 || (long) width * height != map.length) {
            throw new IllegalArgumentException(
                    "a map of " + width + " x " + height + " cannot have " + map.length + " values");
        }
        if (!(sigma > 0 && sigma < 1e6)) {
            throw new IllegalArgumentException("sigma must be above 0, got " + sigma);
        }
        double[] weights = weights(sigma);
        float[] across = along(map, width, 1, height, width, weights);
        return along(across, height, width, width, 1, weights);
    }

    /** From the middle outwards; those of both sides add up to 1. */
    private static double[] weights(double sigma) {
        double[] weights = new double[(int) (CUT * sigma + 0.5) + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
            sum += i == 0 ? weights[i] : 2 * weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** Smooths lines of so many values a step apart; the lines begin a distance apart. */
    private static float[] along(float[] map, int count, int step, int lines, int distance, double[] weights) {
        float[] smooth = new float[map.length];
        for (int line = 0; line < lines; line++) {
            int start = line * distance;
            for (int i = 0; i < count; i++) {
                double sum = weights[0] * map[start + i * step];
                for (int k = 1; k < weights.length; k++) {
                    sum += weights[k]
                            * ((double) map[start + mirrored(i - k, count) * step]
                                    + map[start + mirrored(i + k, count) * step]);
                }
                smooth[start + i * step] = (float) sum;
            }
        }
        return smooth;
    }

    private static int mirrored(int index, int count) {
        int within = Math.floorMod(index, 2 * count);
        return within < count ? within : 2 * count - 1 - within;
    }
}
