package slidefield.swipe;

import slidefield.fit.Check;
import slidefield.fit.Schedule;
import slidefield.nn.AdamOptions;

/**
 * How SwIPE's weights are changed: AdamW with a cosine decay of its rate, epoch by epoch, that never falls below a floor.
 *
 * @param rate of the first epoch: 5e-4 (2-D) or 7.5e-4 (3-D; supplement, Table 1)
 * @param floor least rate: 1e-5 in the released code
 * @param epochs after which the cosine ends: 200 in the released code
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon beside the root of the second moment
 * @param weightDecay decoupled; 0 in the released code
 */
public record SwipeOptimisation(
        double rate, double floor, int epochs, double beta1, double beta2, double epsilon, double weightDecay) {
    /** @throws IllegalArgumentException if a number is out of range */
    public SwipeOptimisation {
        Check.positive("rate", rate);
        Check.between("floor", floor, 0, rate);
        Check.between("epochs", epochs, 1, 1_000_000);
        Check.below("beta1", beta1, 0, 1);
        Check.below("beta2", beta2, 0, 1);
        Check.positive("epsilon", epsilon);
        Check.atLeast("weightDecay", weightDecay, 0);
    }

    /** The 2-D model's: rate 5e-4 down to 1e-5 in 200 epochs, betas 0.9 and 0.999, epsilon 1e-8, no weight decay. */
    public static SwipeOptimisation released() {
        return new SwipeOptimisation(5e-4, 1e-5, 200, 0.9, 0.999, 1e-8, 0);
    }

    /** The same with another rate of the first epoch. */
    SwipeOptimisation withRate(double first) {
        return new SwipeOptimisation(first, floor, epochs, beta1, beta2, epsilon, weightDecay);
    }

    /** The same with another number of epochs. */
    public SwipeOptimisation withEpochs(int count) {
        return new SwipeOptimisation(rate, floor, count, beta1, beta2, epsilon, weightDecay);
    }

    /** AdamW's options, with the first epoch's rate. */
    public AdamOptions adamW() {
        return new AdamOptions(rate, beta1, beta2, epsilon, weightDecay, true);
    }

    /**
     * The rate of an epoch: {@code max(floor, 0.5 (1 + cos(pi epoch / epochs)) rate)}.
     *
     * @param epoch counted from 0; past the last one the rate is the floor
     */
    public double rate(int epoch) {
        return Math.max(floor, Schedule.cosine((double) epoch / epochs, 0) * rate);
    }
}
