package slidefield.experiment;

import java.util.Arrays;

/**
 * A curve from single values: their mean in bins of another number.
 *
 * @param edges of the bins, ascending, one more than bins; a bin holds its lower edge, the last one its upper edge too
 * @param counts values in each bin
 * @param means of each bin; NaN where it is empty
 */
record Binned(double[] edges, int[] counts, double[] means) {
    /**
     * @param edges at least two, ascending
     * @param x what is binned, within the edges
     * @param y as many values that are averaged
     * @throws IllegalArgumentException if the lengths differ, the edges do not ascend or a value lies outside
     */
    static Binned of(double[] edges, double[] x, double[] y) {
        if (edges.length < 2 || x.length != y.length) {
            throw new IllegalArgumentException(
                    edges.length + " edges for " + x.length + " places of " + y.length + " values");
        }
        for (int i = 1; i < edges.length; i++) {
            if (!(edges[i] > edges[i - 1])) {
                throw new IllegalArgumentException("the edges " + Arrays.toString(edges) + " do not ascend");
            }
        }
        int[] counts = new int[edges.length - 1];
        double[] means = new double[counts.length];
        for (int i = 0; i < x.length; i++) {
            int bin = bin(edges, x[i]);
            counts[bin]++;
            means[bin] += y[i];
        }
        for (int bin = 0; bin < counts.length; bin++) {
            means[bin] /= counts[bin];
        }
        return new Binned(edges.clone(), counts, means);
    }

    private static int bin(double[] edges, double x) {
        int last = edges.length - 1;
        if (!(x >= edges[0] && x <= edges[last])) {
            throw new IllegalArgumentException(x + " is outside the bins from " + edges[0] + " to " + edges[last]);
        }
        int bin = 0;
        while (bin < last - 1 && x >= edges[bin + 1]) {
            bin++;
        }
        return bin;
    }

    /**
     * Edges of bins that hold evenly many values, as far as equal values allow.
     *
     * @param x at least one
     * @param bins how many; fewer where values are equal
     */
    static double[] evenly(double[] x, int bins) {
        if (x.length == 0 || bins < 1) {
            throw new IllegalArgumentException("expected values and bins, found " + x.length + " and " + bins);
        }
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        double[] edges = new double[bins + 1];
        for (int i = 0; i < bins; i++) {
            edges[i] = sorted[(int) ((long) i * x.length / bins)];
        }
        // Beyond the largest value, which may be a bin of its own.
        edges[bins] = Math.nextUp(sorted[x.length - 1]);
        return Arrays.stream(edges).distinct().toArray();
    }

    /** The means of bins that hold values, the first bin first. */
    double[] found() {
        return Arrays.stream(means).filter(mean -> !Double.isNaN(mean)).toArray();
    }
}
