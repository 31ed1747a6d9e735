package slidefield.fit;

/**
 * How a slide's tissue is stained: mean and standard deviation of the optical density of red, green and blue.
 *
 * @param mean three numbers
 * @param deviation three positive numbers
 */
public record StainStatistics(double[] mean, double[] deviation) {
    /** What slides are brought to: round values of breast tissue in haematoxylin and eosin. */
    static final StainStatistics REFERENCE =
            new StainStatistics(new double[] {0.30, 0.90, 0.28}, new double[] {0.13, 0.35, 0.20});

    /** Summed density of the three channels from which a pixel counts as tissue. */
    private static final double TISSUE = 0.25;

    /** Below this a channel does not vary, and stretching it would only show noise. */
    private static final double LEAST_DEVIATION = 0.02;

    private static final int STRIP = 16;
    private static final long ENOUGH_PIXELS = 4_000_000;

    /**
     * Looks at a plane, strip by strip; large ones are sampled evenly.
     *
     * @return the statistics of its tissue; the {@link #REFERENCE} where it holds next to none, so that nothing changes
     */
    static StainStatistics of(Plane plane) {
        double[] sum = new double[3];
        double[] squares = new double[3];
        long count = 0;
        long strips = (plane.height() + STRIP - 1) / STRIP;
        long every = Math.max(1, (long) plane.width() * plane.height() / ENOUGH_PIXELS);
        float[] rgb = new float[plane.width() * STRIP * 3];
        for (long strip = 0; strip < strips; strip += every) {
            int y = (int) strip * STRIP;
            int rows = Math.min(STRIP, plane.height() - y);
            plane.rgb(0, y, plane.width(), rows, rgb);
            for (int p = 0; p < plane.width() * rows; p++) {
                double r = StainTransfer.density(rgb[3 * p]);
                double g = StainTransfer.density(rgb[3 * p + 1]);
                double b = StainTransfer.density(rgb[3 * p + 2]);
                if (r + g + b >= TISSUE) {
                    count++;
                    add(sum, squares, 0, r);
                    add(sum, squares, 1, g);
                    add(sum, squares, 2, b);
                }
            }
        }
        return count < 100 ? REFERENCE : summary(sum, squares, count);
    }

    private static void add(double[] sum, double[] squares, int channel, double density) {
        sum[channel] += density;
        squares[channel] += density * density;
    }

    private static StainStatistics summary(double[] sum, double[] squares, long count) {
        double[] mean = new double[3];
        double[] deviation = new double[3];
        for (int c = 0; c < 3; c++) {
            mean[c] = sum[c] / count;
            double variance = squares[c] / count - mean[c] * mean[c];
            deviation[c] = Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, variance)));
        }
        return new StainStatistics(mean, deviation);
    }
}
