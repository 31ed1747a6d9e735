package slidefield.nn;

/**
 * Options of {@link Adam}, in PyTorch's meaning.
 *
 * @param learningRate at least 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the bias-corrected second moment, positive
 * @param weightDecay at least 0
 * @param decoupled how the weight decay acts: false adds {@code weightDecay * value} to the gradient (Adam with
 *     L2), true shrinks the value by {@code learningRate * weightDecay} per step (AdamW)
 */
public record AdamOptions(
        double learningRate, double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) {
    /** Refuses options out of range, NaN included. */
    public AdamOptions {
        require(
                learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY,
                "learningRate",
                "at least 0",
                learningRate);
        require(beta1 >= 0 && beta1 < 1, "beta1", "in [0, 1)", beta1);
        require(beta2 >= 0 && beta2 < 1, "beta2", "in [0, 1)", beta2);
        require(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY, "epsilon", "positive", epsilon);
        require(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY, "weightDecay", "at least 0", weightDecay);
    }

    /**
     * @param learningRate at least 0
     * @return PyTorch's defaults: betas 0.9 and 0.999, epsilon 1e-8, no weight decay
     */
    public static AdamOptions of(double learningRate) {
        return new AdamOptions(learningRate, 0.9, 0.999, 1e-8, 0, false);
    }

    private static void require(boolean holds, String what, String expected, double found) {
        if (!holds) {
            throw new IllegalArgumentException("Adam: " + what + " must be " + expected + ", found " + found);
        }
    }
}
