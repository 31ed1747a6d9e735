package slidefield.nn;

/**
 * Options of {@link Sgd}, in PyTorch's meaning.
 *
 * @param learningRate at least 0
 * @param momentum share of the last step's direction that is kept, in [0, 1)
 * @param weightDecay times the value is added to the gradient, at least 0
 */
public record SgdOptions(double learningRate, double momentum, double weightDecay) {
    /** Refuses options out of range, NaN included. */
    public SgdOptions {
        require(
                learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY,
                "learningRate",
                "at least 0",
                learningRate);
        require(momentum >= 0 && momentum < 1, "momentum", "in [0, 1)", momentum);
        require(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY, "weightDecay", "at least 0", weightDecay);
    }

    private static void require(boolean holds, String what, String expected, double found) {
        if (!holds) {
            throw new IllegalArgumentException("SGD: " + what + " must be " + expected + ", found " + found);
        }
    }
}
