package slidefield.experiment;

import java.util.List;

/** Several ROC curves as one: the mean of their true positive rates at every false positive rate. */
final class RocMean {
    private static final int POINTS = 201;

    private RocMean() {}

    /**
     * @param curves each two rows, false and true positive rates from (0, 0) to (1, 1)
     * @return the same, at evenly spaced false positive rates
     */
    static double[][] of(List<double[][]> curves) {
        double[][] mean = new double[2][POINTS];
        for (int i = 0; i < POINTS; i++) {
            double rate = (double) i / (POINTS - 1);
            mean[0][i] = rate;
            for (double[][] curve : curves) {
                mean[1][i] += at(curve, rate) / curves.size();
            }
        }
        return mean;
    }

    /** The highest true positive rate that a straight line between two neighbouring points reaches. */
    private static double at(double[][] curve, double rate) {
        int last = 0;
        while (last + 1 < curve[0].length && curve[0][last + 1] <= rate) {
            last++;
        }
        if (last + 1 == curve[0].length) {
            return curve[1][last];
        }
        double share = (rate - curve[0][last]) / (curve[0][last + 1] - curve[0][last]);
        return curve[1][last] + share * (curve[1][last + 1] - curve[1][last]);
    }
}
