package slidefield.nn;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Kernels;

/** Sums, products and means. */
public final class Arithmetic {
    private Arithmetic() {}

    /**
     * @param a any shape
     * @param b the same shape
     * @return a + b
     */
    public static Tensor add(Tensor a, Tensor b) {
        return combine(a, b, 1);
    }

    /**
     * @param a any shape
     * @param b the same shape
     * @return a - b
     */
    public static Tensor subtract(Tensor a, Tensor b) {
        return combine(a, b, -1);
    }

    private static Tensor combine(Tensor a, Tensor b, double sign) {
        requireSame(a, b);
        Tape tape = a.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(a.type(), a.shape());
        kernels.combine(1, a.value(), sign, b.value(), y);
        return tape.node(y, List.of(a, b), g -> {
            if (b.needsGradient()) {
                INDArray gb = tape.allocate(b.type(), b.shape());
                kernels.combine(sign, g, 0, null, gb);
                b.accumulate(gb);
            }
            a.accumulate(g);
        });
    }

    /**
     * @param a any shape
     * @param b the same shape
     * @return the element-wise product
     */
    public static Tensor multiply(Tensor a, Tensor b) {
        requireSame(a, b);
        Tape tape = a.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(a.type(), a.shape());
        kernels.multiply(a.value(), b.value(), y);
        return tape.node(y, List.of(a, b), g -> {
            if (b.needsGradient()) {
                INDArray gb = tape.allocate(b.type(), b.shape());
                kernels.multiply(g, a.value(), gb);
                b.accumulate(gb);
            }
            if (a.needsGradient()) {
                kernels.multiply(g, b.value(), g);
            }
            a.accumulate(g);
        });
    }

    /**
     * @param x any shape
     * @param factor any number
     * @return factor x
     */
    public static Tensor scale(Tensor x, double factor) {
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(x.type(), x.shape());
        kernels.combine(factor, x.value(), 0, null, y);
        return tape.node(y, List.of(x), g -> {
            kernels.combine(factor, g, 0, null, g);
            x.accumulate(g);
        });
    }

    /**
     * The way from float32 to bf16 images and back.
     *
     * @param x any shape
     * @param type the engine's type or its image type
     * @return x rounded to that type; x itself if it has it. The gradient is rounded to the type of x.
     */
    public static Tensor cast(Tensor x, DataType type) {
        if (x.type() == type) {
            return x;
        }
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(type, x.shape());
        kernels.cast(x.value(), y);
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), x.shape());
            kernels.cast(g, gx);
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    /**
     * @param x any shape
     * @return the sum of all elements, shape [1]
     */
    public static Tensor sum(Tensor x) {
        return scaledSum(x, 1);
    }

    /**
     * @param x any shape
     * @return the mean of all elements, shape [1]
     */
    public static Tensor mean(Tensor x) {
        return scaledSum(x, 1.0 / x.value().length());
    }

    private static Tensor scaledSum(Tensor x, double factor) {
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        return scalar(tape, factor * kernels.sum(x.value()), x, upstream -> {
            INDArray gx = tape.allocate(x.type(), x.shape());
            kernels.fill(gx, factor * upstream);
            x.accumulate(gx);
        });
    }

    /** What a scalar result does with d loss / d result. */
    interface ScalarBackward {
        void accept(double upstream);
    }

    /** A one-element result of one input. */
    static Tensor scalar(Tape tape, double value, Tensor input, ScalarBackward backward) {
        INDArray y = tape.allocate(1);
        tape.kernels().fill(y, value);
        return tape.node(y, List.of(input), g -> {
            double upstream = g.getDouble(0);
            tape.recycle(g);
            backward.accept(upstream);
        });
    }

    private static void requireSame(Tensor a, Tensor b) {
        requireType(a.type(), b);
        Shapes.require(Arrays.equals(a.shape(), b.shape()), "the shape " + Shapes.text(a.shape()), b.shape());
    }

    /** Refuses a tensor of another type than what it is to be joined with. */
    static void requireType(DataType expected, Tensor found) {
        if (found.type() != expected) {
            throw new IllegalArgumentException(
                    "expected values of " + expected + ", found " + found.type() + ": cast them first");
        }
    }
}
