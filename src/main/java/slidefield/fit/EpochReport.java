package slidefield.fit;

/**
 * What an epoch came to.
 *
 * @param phase what was fitted
 * @param subject the slide, or the run's slides together
 * @param epoch counted from 1
 * @param loss mean over the steps: mean squared error where the phase {@link Phase#paints() paints}, BCE + Dice in
 *     step 2, the network's own loss in patch, point and slide training, 1 - Dice in the validation of point training
 * @param steps windows or batches visited
 * @param seconds wall-clock time of the epoch
 */
public record EpochReport(Phase phase, String subject, int epoch, double loss, int steps, double seconds) {
    /** Peak signal-to-noise ratio in dB of a mean squared error on intensities in [0, 1]. */
    public double psnr() {
        return -10 * Math.log10(loss);
    }
}
