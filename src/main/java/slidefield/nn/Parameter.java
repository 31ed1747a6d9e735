package slidefield.nn;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array that training changes in place. Frozen parameters get no gradient and are not stepped. */
public final class Parameter {
    private final INDArray value;
    private INDArray gradient;
    private boolean trainable = true;

    /**
     * @param value any shape, row-major and dense; owned and changed by the parameter from now on
     * @throws IllegalArgumentException if the array is not row-major and dense
     */
    public Parameter(INDArray value) {
        Objects.requireNonNull(value, "value");
        if (!Tape.isDense(value)) {
            throw new IllegalArgumentException(
                    "a parameter must be row-major and dense: pass a copy made with dup('c')");
        }
        this.value = value;
    }

    /** @return the live array, always the same one */
    public INDArray value() {
        return value;
    }

    /** @return the gradient of the last backward pass; null if that did not reach it or its tape has closed */
    public INDArray gradient() {
        return gradient;
    }

    void gradient(INDArray g) {
        gradient = g;
    }

    /** @return whether tapes give it a gradient and optimisers change it */
    public boolean trainable() {
        return trainable;
    }

    /**
     * @param on false freezes it from the next tape on
     */
    public void trainable(boolean on) {
        trainable = on;
    }
}
