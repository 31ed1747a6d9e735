package slidefield.fit;

import java.util.Random;

/**
 * Changes colours channel by channel in optical density {@code -ln(intensity)}, where dyes add up:
 * {@code density * gain + bias}.
 *
 * @param gain three positive factors: red, green, blue
 * @param bias three summands
 */
public record StainTransfer(double[] gain, double[] bias) {
    /** Darker than this is all the same: the darkest that 8 bits can tell from black. */
    static final double DARKEST = 1.0 / 255;

    /**
     * A random change of the stain.
     *
     * @param strength largest relative change of the stain's strength, for all channels together and for each; a third
     *     of it is the largest bias
     * @param random decides
     */
    public static StainTransfer random(double strength, Random random) {
        double common = 1 + strength * (2 * random.nextDouble() - 1);
        double[] gain = new double[3];
        double[] bias = new double[3];
        for (int c = 0; c < 3; c++) {
            gain[c] = common * (1 + strength * (2 * random.nextDouble() - 1));
            bias[c] = strength / 3 * (2 * random.nextDouble() - 1);
        }
        return new StainTransfer(gain, bias);
    }

    /**
     * The same under another light.
     *
     * @param factor of all intensities, above 0
     */
    public StainTransfer underLight(double factor) {
        double[] lit = bias.clone();
        for (int c = 0; c < 3; c++) {
            lit[c] -= Math.log(factor);
        }
        return new StainTransfer(gain, lit);
    }

    /** The transfer after which tissue of the first look has the second. */
    static StainTransfer between(StainStatistics from, StainStatistics to) {
        double[] gain = new double[3];
        double[] bias = new double[3];
        for (int c = 0; c < 3; c++) {
            gain[c] = to.deviation()[c] / from.deviation()[c];
            bias[c] = to.mean()[c] - gain[c] * from.mean()[c];
        }
        return new StainTransfer(gain, bias);
    }

    /** Changes the first {@code pixels} of interleaved red, green, blue in [0, 1]. */
    public void apply(float[] rgb, int pixels) {
        for (int i = 0; i < 3 * pixels; i++) {
            rgb[i] = intensity(density(rgb[i]) * gain[i % 3] + bias[i % 3]);
        }
    }

    /** What {@link #apply} changed, back again; exact where it did not reach white. */
    void undo(float[] rgb, int pixels) {
        for (int i = 0; i < 3 * pixels; i++) {
            rgb[i] = intensity((density(rgb[i]) - bias[i % 3]) / gain[i % 3]);
        }
    }

    static double density(double intensity) {
        return -Math.log(Math.max(DARKEST, intensity));
    }

    private static float intensity(double density) {
        return (float) Math.min(1, Math.exp(-density));
    }
}
