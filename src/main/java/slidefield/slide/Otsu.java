package slidefield.slide;

/**
 * Otsu's threshold (1979): the cut that makes the variance between the two classes largest.
 *
 * <p>Holds nothing: thread-safe.
 */
public final class Otsu {
    private static final int BINS = 256;

    private Otsu() {}

    /**
     * @param values any numbers
     * @param low values below count as this
     * @param high values above count as this
     * @return the cut, between {@code low} and {@code high}
     */
    public static double threshold(double[] values, double low, double high) {
        long[] counts = new long[BINS];
        double total = 0;
        for (double value : values) {
            int bin = (int) Math.max(0, Math.min(BINS - 1, (value - low) / (high - low) * BINS));
            counts[bin]++;
            total += bin;
        }
        double best = -1;
        int cut = 0;
        double below = 0;
        double sum = 0;
        for (int bin = 0; bin < BINS - 1; bin++) {
            below += counts[bin];
            sum += (double) bin * counts[bin];
            double above = values.length - below;
            if (below > 0 && above > 0) {
                double difference = sum / below - (total - sum) / above;
                double between = below * above * difference * difference;
                if (between > best) {
                    best = between;
                    cut = bin;
                }
            }
        }
        return low + (cut + 1) * (high - low) / BINS;
    }
}
