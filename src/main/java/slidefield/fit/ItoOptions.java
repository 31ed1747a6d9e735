package slidefield.fit;

/**
 * Inference-time optimisation: how a fresh hash grid is fitted to an unseen slide (WSI-INR section 3).
 *
 * @param epochs at most so many visits of every window (the paper: 20)
 * @param rate Adam's learning rate of the table
 * @param finalRate share of {@code rate} that is left at the last epoch; the rate falls along a cosine, 1 keeps it
 * @param stopRule whether the two stop conditions below hold; otherwise all epochs run
 * @param stopMse stop when an epoch's mean squared error falls below (the paper: 0.002)
 * @param warmUp epochs before the second condition holds (the paper: 5)
 * @param tolerance stop when an epoch's error exceeds the best so far times this (the paper: 1.3)
 * @param emaDecay weight of the past in the moving average of the table, whose weights are the result; 0 takes the
 *     last weights
 */
public record ItoOptions(
        int epochs,
        double rate,
        double finalRate,
        boolean stopRule,
        double stopMse,
        int warmUp,
        double tolerance,
        double emaDecay) {
    public ItoOptions {
        Check.atLeast("epochs", epochs, 1);
        Check.positive("rate", rate);
        Check.share("finalRate", finalRate);
        Check.atLeast("stopMse", stopMse, 0);
        Check.atLeast("warmUp", warmUp, 0);
        Check.atLeast("tolerance", tolerance, 1);
        Check.below("emaDecay", emaDecay, 0, 1);
    }

    /** The same without a stop rule, for a given number of epochs. */
    ItoOptions always(int all) {
        return new ItoOptions(all, rate, finalRate, false, stopMse, warmUp, tolerance, emaDecay);
    }
}
