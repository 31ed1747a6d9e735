package slidefield.fit;

import java.util.Optional;

/**
 * When inference-time optimisation ends early (WSI-INR section 3): as soon as an epoch's mean squared error falls
 * below a threshold, or, after a warm-up, when it exceeds the smallest so far by a factor.
 */
final class StopRule {
    private final ItoOptions options;
    private double best = Double.POSITIVE_INFINITY;
    private int epochs;

    StopRule(ItoOptions options) {
        this.options = options;
    }

    /**
     * Takes in the next epoch.
     *
     * @param mse its mean squared error
     * @return why to stop now; empty to go on
     */
    Optional<String> after(double mse) {
        epochs++;
        if (!options.stopRule()) {
            return Optional.empty();
        }
        if (mse < options.stopMse()) {
            return Optional.of("MSE " + mse + " below " + options.stopMse());
        }
        if (epochs > options.warmUp() && mse > options.tolerance() * best) {
            return Optional.of("MSE " + mse + " above " + options.tolerance() + " times the best, " + best);
        }
        best = Math.min(best, mse);
        return Optional.empty();
    }
}
