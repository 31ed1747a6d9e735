package slidefield.nn;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array that training changes in place. Frozen parameters get no gradient and are not stepped. Of a large float32
 * array with sparse gradients, optimisers may put off the elements that nobody reads ({@link #value(Chunks)}).
 */
public final class Parameter {
    private final INDArray value;
    private INDArray gradient;
    private Tensor leaf;
    private Deferred deferred;
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

    /** @return the live array, always the same one, up to date */
    public INDArray value() {
        settle();
        return value;
    }

    /**
     * @param read the chunks that the caller is going to read
     * @return the live array, of which only these chunks need be up to date
     */
    public INDArray value(Chunks read) {
        if (deferred != null) {
            deferred.settle(read);
        }
        return value;
    }

    /** The live array as it is. */
    INDArray array() {
        return value;
    }

    /** Brings all elements up to date. */
    void settle() {
        if (deferred != null) {
            deferred.settle();
        }
    }

    /** @return whether optimisers have put off steps that {@link #value()} would make now */
    public boolean isBehind() {
        return deferred != null && deferred.isPending();
    }

    /** Whether some update puts off steps of this parameter, so that others must too, to keep the order. */
    boolean defers() {
        return deferred != null;
    }

    /** Where updates put off steps; from now on there is such a place. */
    Deferred deferred() {
        if (deferred == null) {
            deferred = new Deferred(HostMemory.floats(value));
        }
        return deferred;
    }

    /** @return the gradient of the last backward pass; null if that did not reach it or its tape has closed */
    public INDArray gradient() {
        return leaf == null ? gradient : leaf.gradient();
    }

    /** @return the same gradient if only some chunks of it are stored, otherwise null */
    public SparseGradient sparseGradient() {
        return leaf == null ? null : leaf.sparseGradient();
    }

    /** Whether {@link #gradient} is there, which need not be made to know. */
    boolean hasGradient() {
        return sparseGradient() != null || gradient() != null;
    }

    void gradient(INDArray g) {
        gradient = g;
        leaf = null;
    }

    /** Takes the gradient from a leaf for as long as its tape is open. */
    void gradientOf(Tensor tensor) {
        gradient = null;
        leaf = tensor;
    }

    void forget(Tensor tensor) {
        if (leaf == tensor) {
            leaf = null;
        }
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
