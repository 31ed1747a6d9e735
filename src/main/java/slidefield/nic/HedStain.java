package slidefield.nic;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;

/**
 * Changes the strength of each dye of a stained tissue: colours become optical densities -ln(intensity), these amounts of
 * haematoxylin, eosin and a residue (Ruifrok and Johnston 2001), each amount is multiplied and shifted, and back. The matrix is
 * that of the authors' published code; that the logarithm is the natural one is a choice of ours.
 *
 * @param gain three factors: haematoxylin, eosin, residue
 * @param bias three summands
 */
record HedStain(double[] gain, double[] bias) {
    /** The colour of each dye: its densities of red, green, blue. */
    private static final double[][] DYES = {{0.65, 0.70, 0.29}, {0.07, 0.99, 0.11}, {0.27, 0.57, 0.78}};

    private static final double[][] AMOUNTS = new LUDecomposition(new Array2DRowRealMatrix(DYES))
            .getSolver()
            .getInverse()
            .getData();

    /** Darker than this is all the same: the darkest that 8 bits can tell from black. */
    private static final double DARKEST = 1.0 / 255;

    /** Patches that are nearly black or nearly white on average are left alone: there is no tissue to stain. */
    private static final double LEAST_MEAN = 0.15;

    private static final double MOST_MEAN = 0.85;

    /**
     * value * (1 + s) + b of each dye's amount, s and b uniform.
     *
     * @param strength largest |s| and |b|
     */
    static HedStain random(double strength, Random random) {
        double[] gain = new double[3];
        double[] bias = new double[3];
        for (int c = 0; c < 3; c++) {
            gain[c] = 1 + strength * (2 * random.nextDouble() - 1);
            bias[c] = strength * (2 * random.nextDouble() - 1);
        }
        return new HedStain(gain, bias);
    }

    /** Changes red, green, blue in [0, 1], pixel after pixel; leaves them where they are no tissue on average. */
    void apply(float[] rgb) {
        double sum = 0;
        for (float value : rgb) {
            sum += value;
        }
        double mean = sum / rgb.length;
        if (mean < LEAST_MEAN || mean > MOST_MEAN) {
            return;
        }
        double[] amounts = new double[3];
        for (int i = 0; i < rgb.length; i += 3) {
            amounts(rgb, i, amounts);
            for (int c = 0; c < 3; c++) {
                amounts[c] = amounts[c] * gain[c] + bias[c];
            }
            for (int c = 0; c < 3; c++) {
                double density = amounts[0] * DYES[0][c] + amounts[1] * DYES[1][c] + amounts[2] * DYES[2][c];
                rgb[i + c] = (float) Math.min(1, Math.exp(-density));
            }
        }
    }

    /** How much of each dye a pixel holds. */
    static void amounts(float[] rgb, int at, double[] into) {
        double red = -Math.log(Math.max(DARKEST, rgb[at]));
        double green = -Math.log(Math.max(DARKEST, rgb[at + 1]));
        double blue = -Math.log(Math.max(DARKEST, rgb[at + 2]));
        for (int c = 0; c < 3; c++) {
            into[c] = red * AMOUNTS[0][c] + green * AMOUNTS[1][c] + blue * AMOUNTS[2][c];
        }
    }
}
