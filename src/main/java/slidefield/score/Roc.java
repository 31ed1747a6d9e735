package slidefield.score;

import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Receiver operating characteristic of lesion probabilities, added up tile by tile in {@value #BINS} bins: the
 * memory does not grow with the pixels, and the area is off by at most the share of pairs that fall in one bin.
 * {@link #auc(double[], boolean[])} is exact, for numbers that fit in memory.
 */
public final class Roc {
    /** Bins of equal width over [0, 1]. */
    public static final int BINS = 4096;

    private final long[] lesion = new long[BINS];
    private final long[] background = new long[BINS];

    /**
     * Adds pixels.
     *
     * @param probability in [0, 1], one a pixel
     * @param truth as long; 0 is background
     * @return this
     * @throws IllegalArgumentException if the lengths differ or a value is outside [0, 1]
     */
    public Roc add(float[] probability, byte[] truth) {
        if (probability.length != truth.length) {
            throw new IllegalArgumentException(
                    "prediction has " + probability.length + " pixels, truth " + truth.length);
        }
        for (int i = 0; i < truth.length; i++) {
            float p = probability[i];
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("the probability of pixel " + i + " is " + p + ", not in [0, 1]");
            }
            int bin = Math.min(BINS - 1, (int) (p * BINS));
            (truth[i] != 0 ? lesion : background)[bin]++;
        }
        return this;
    }

    /**
     * The curve from (0, 0) to (1, 1): false against true positive rate for falling thresholds.
     *
     * @return two rows, false positive rates and true positive rates; NaN where one class has no pixels
     */
    public double[][] curve() {
        double positives = sum(lesion);
        double negatives = sum(background);
        double[][] curve = new double[2][BINS + 1];
        long hits = 0;
        long alarms = 0;
        curve[0][0] = alarms / negatives;
        curve[1][0] = hits / positives;
        for (int bin = BINS - 1, point = 1; bin >= 0; bin--, point++) {
            hits += lesion[bin];
            alarms += background[bin];
            curve[0][point] = alarms / negatives;
            curve[1][point] = hits / positives;
        }
        return curve;
    }

    /** The area under {@link #curve()}; NaN where one class has no pixels. */
    public double auc() {
        double[][] curve = curve();
        double area = 0;
        for (int i = 1; i <= BINS; i++) {
            area += (curve[0][i] - curve[0][i - 1]) * (curve[1][i] + curve[1][i - 1]) / 2;
        }
        return area;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /**
     * The exact area under the curve: the chance that a positive scores higher than a negative, ties counting
     * half (the Mann-Whitney statistic over all pairs).
     *
     * @param score any numbers, higher means more likely positive
     * @param positive as long
     * @return NaN where one class is absent
     * @throws IllegalArgumentException if the lengths differ or a score is not a number
     */
    public static double auc(double[] score, boolean[] positive) {
        if (score.length != positive.length) {
            throw new IllegalArgumentException(score.length + " scores for " + positive.length + " labels");
        }
        for (double one : score) {
            if (Double.isNaN(one)) {
                throw new IllegalArgumentException("a score is not a number");
            }
        }
        if (score.length == 0) {
            return Double.NaN;
        }
        double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).rank(score);
        double rankSum = 0;
        double positives = 0;
        for (int i = 0; i < ranks.length; i++) {
            if (positive[i]) {
                rankSum += ranks[i];
                positives++;
            }
        }
        return (rankSum - positives * (positives + 1) / 2) / (positives * (score.length - positives));
    }
}
