package slidefield.score;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * Spearman's rank correlation, ties by average rank.
 *
 * @param rho in [-1, 1]; NaN where one of the variables is constant
 * @param p two-sided, from the t approximation with n - 2 degrees of freedom; NaN where rho is
 * @param n pairs
 */
public record Spearman(double rho, double p, int n) {
    /**
     * @param x at least three values
     * @param y as many
     * @throws IllegalArgumentException if there are fewer, the lengths differ or a value is not a number
     */
    public static Spearman of(double[] x, double[] y) {
        if (x.length != y.length || x.length < 3) {
            throw new IllegalArgumentException(
                    "expected two series of the same length, at least 3, found " + x.length + " and " + y.length);
        }
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
                throw new IllegalArgumentException("pair " + i + " holds a value that is not a number");
            }
        }
        double rho = new SpearmansCorrelation().correlation(x, y);
        return new Spearman(rho, significance(rho, x.length), x.length);
    }

    private static double significance(double rho, int n) {
        if (Double.isNaN(rho)) {
            return Double.NaN;
        }
        double rest = 1 - rho * rho;
        if (rest <= 1e-15) {
            return 0;
        }
        double t = Math.abs(rho) * Math.sqrt((n - 2) / rest);
        return 2 * new TDistribution(null, n - 2).cumulativeProbability(-t);
    }
}
