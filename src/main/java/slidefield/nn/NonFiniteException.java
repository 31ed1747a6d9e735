package slidefield.nn;

/** A loss became NaN or infinite, so no gradient can be had from it. */
public class NonFiniteException extends ArithmeticException {
    /**
     * @param loss the value found
     */
    public NonFiniteException(double loss) {
        super("the loss is " + loss + ": lower the learning rate, or look for NaN in the inputs");
    }
}
