package slidefield.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A value on a {@link Tape} and, where one is wanted, its gradient: d loss / d value, in the value's shape.
 * Gradients of intermediate results are used up by {@link Tape#backward}; those of leaves remain until the tape
 * closes.
 */
public final class Tensor {
    private final Tape tape;
    private final INDArray value;
    private final boolean needsGradient;
    private INDArray gradient;
    private SparseGradient sparse;

    Tensor(Tape tape, INDArray value, boolean needsGradient) {
        this.tape = tape;
        this.value = value;
        this.needsGradient = needsGradient;
    }

    /** @return the value; valid until the tape closes, unless the caller owns it (constants, parameters) */
    public INDArray value() {
        return value;
    }

    /** @return the size of every axis; a scalar has the shape [1] */
    public long[] shape() {
        return value.shape();
    }

    /** @return the type of value and gradient */
    public DataType type() {
        return value.dataType();
    }

    /**
     * @param axis counted from 0, or from the end when negative
     * @return the size of that axis
     */
    public long size(int axis) {
        return value.size(axis);
    }

    /** @return whether the tape records and a leaf below wants a gradient */
    public boolean needsGradient() {
        return needsGradient;
    }

    /** @return the gradient accumulated so far, or null */
    public INDArray gradient() {
        if (sparse != null) {
            INDArray dense = tape.allocate(value.shape());
            sparse.writeTo(dense);
            sparse = null;
            accumulate(dense);
        }
        return gradient;
    }

    /** @return the gradient if only some chunks of it are stored, otherwise null */
    SparseGradient sparseGradient() {
        return sparse;
    }

    /** @return the tape that this tensor lives on */
    public Tape tape() {
        return tape;
    }

    /**
     * @return the only element
     * @throws IllegalStateException if there are more
     */
    public double scalar() {
        if (value.length() != 1) {
            throw new IllegalStateException("a scalar is wanted, found the shape " + Shapes.text(shape()));
        }
        return value.getDouble(0);
    }

    /**
     * Adds to the gradient. The first array is adopted without a copy, later ones are added in place and then go
     * back to the arena if they came from there: what is given must not be used by the caller afterwards. Does
     * nothing if no gradient is needed.
     *
     * @param g d loss / d value, in the value's shape and type
     * @throws IllegalArgumentException if the shape or type differs, or the array already is a tensor's gradient
     */
    public void accumulate(INDArray g) {
        if (!needsGradient) {
            tape.recycle(g);
            return;
        }
        if (!java.util.Arrays.equals(g.shape(), value.shape()) || g.dataType() != value.dataType()) {
            throw new IllegalArgumentException("a gradient of " + Shapes.text(value.shape()) + " " + value.dataType()
                    + " is expected, found " + Shapes.text(g.shape()) + " " + g.dataType());
        }
        tape.adopt(g);
        INDArray sum = gradient();
        if (sum == null) {
            gradient = g;
        } else {
            tape.kernels().combine(1, sum, 1, g, sum);
            tape.disown(g);
            tape.recycle(g);
        }
    }

    /**
     * Adds to the gradient of a leaf what only touches some of its chunks. Stays sparse if it is the only addition.
     *
     * @param g d loss / d value, not to be changed until the tape closes
     */
    public void accumulate(SparseGradient g) {
        if (!needsGradient) {
            return;
        }
        if (g.chunks().length() != value.length()) {
            throw new IllegalArgumentException("a gradient of " + value.length() + " elements is expected, found "
                    + g.chunks().length());
        }
        if (sparse == null && gradient == null) {
            sparse = g;
            return;
        }
        INDArray dense = tape.allocate(value.shape());
        g.writeTo(dense);
        accumulate(dense);
    }

    /** Hands the gradient over to whoever consumes it. */
    INDArray takeGradient() {
        INDArray taken = gradient();
        gradient = null;
        if (taken != null) {
            tape.disown(taken);
        }
        return taken;
    }
}
