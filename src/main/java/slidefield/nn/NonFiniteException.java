package slidefield.nn;

import java.util.List;

/** A loss or a gradient became NaN or infinite, so no step can be made with it. */
public class NonFiniteException extends ArithmeticException {
    /**
     * @param loss the value found
     */
    public NonFiniteException(double loss) {
        super("the loss is " + loss);
    }

    private NonFiniteException(String message) {
        super(message);
    }

    /**
     * Of gradients that hold NaN, infinity, or in float32 a value whose square, which Adam keeps, is infinite.
     *
     * @param bad the names of their parameters in the order in which a forward pass uses them, at least one
     */
    static NonFiniteException ofGradients(List<String> bad) {
        // A backward pass meets the last one first, and what is bad there makes those before it bad.
        String last = bad.get(bad.size() - 1);
        return new NonFiniteException((bad.size() == 1
                        ? "the gradient of \"" + last + "\" is"
                        : "the gradients of " + bad.size() + " parameters, first that of \"" + last + "\", are")
                + " NaN, infinite or over 1e19");
    }
}
