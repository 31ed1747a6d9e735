package slidefield.nn;

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
        return gradient;
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
     * @param g d loss / d value, in the value's shape, of the engine's type
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
        if (gradient == null) {
            gradient = g;
        } else {
            tape.kernels().combine(1, gradient, 1, g, gradient);
            tape.disown(g);
            tape.recycle(g);
        }
    }

    /** Hands the gradient over to whoever consumes it. */
    INDArray takeGradient() {
        INDArray taken = gradient;
        gradient = null;
        if (taken != null) {
            tape.disown(taken);
        }
        return taken;
    }
}
