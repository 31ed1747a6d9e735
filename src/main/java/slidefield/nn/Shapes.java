package slidefield.nn;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.ImageKernels;
import slidefield.nn.kernels.Kernels;

/** Joining, cutting and reshaping. */
public final class Shapes {
    private Shapes() {}

    /**
     * @param parts arrays that differ at most in their last axis (channels)
     * @return all channels side by side, in the order given
     */
    public static Tensor concat(List<Tensor> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("concat: at least one part is expected");
        }
        long[] whole = parts.get(0).shape();
        int last = whole.length - 1;
        whole = whole.clone();
        whole[last] = 0;
        for (Tensor part : parts) {
            long[] shape = part.shape().clone();
            require(shape.length == whole.length, "parts of " + whole.length + " axes", shape);
            whole[last] += shape[last];
            shape[last] = whole[last];
            require(Arrays.equals(shape, whole), "parts that differ only in their channels", part.shape());
        }
        DataType type = parts.get(0).type();
        parts.forEach(part -> Arithmetic.requireType(type, part));
        Tape tape = parts.get(0).tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(type, whole);
        forEachPart(parts, (part, start) -> kernels.writeBox(part.value(), start, y));
        return tape.node(y, List.copyOf(parts), g -> {
            forEachPart(parts, (part, start) -> {
                if (part.needsGradient()) {
                    INDArray gradient = tape.allocate(type, part.shape());
                    kernels.readBox(g, start, gradient);
                    part.accumulate(gradient);
                }
            });
            tape.recycle(g);
        });
    }

    private interface PartAction {
        void apply(Tensor part, long[] start);
    }

    private static void forEachPart(List<Tensor> parts, PartAction action) {
        long channel = 0;
        for (Tensor part : parts) {
            long[] start = new long[part.shape().length];
            start[start.length - 1] = channel;
            action.apply(part, start);
            channel += part.size(-1);
        }
    }

    /**
     * @param x ... x C
     * @param from first channel kept, at least 0
     * @param to one past the last channel kept, at most C
     * @return ... x (to - from)
     */
    public static Tensor channels(Tensor x, long from, long to) {
        long[] start = new long[x.shape().length];
        long[] size = x.shape().clone();
        start[start.length - 1] = from;
        size[size.length - 1] = to - from;
        return box(x, start, size);
    }

    /**
     * @param x N x H x W x C
     * @param top first line kept
     * @param left first column kept
     * @param height lines kept
     * @param width columns kept
     * @return N x height x width x C
     */
    public static Tensor crop(Tensor x, long top, long left, long height, long width) {
        require(x.shape().length == 4, "an image of N x H x W x C", x.shape());
        return box(x, new long[] {0, top, left, 0}, new long[] {x.size(0), height, width, x.size(3)});
    }

    /**
     * @param x any shape
     * @param start first index kept, per axis
     * @param size indices kept, per axis
     * @return an array of that size
     */
    public static Tensor box(Tensor x, long[] start, long[] size) {
        long[] shape = x.shape();
        require(start.length == shape.length && size.length == shape.length, "a box of as many axes", shape);
        for (int axis = 0; axis < shape.length; axis++) {
            if (start[axis] < 0 || size[axis] < 1 || start[axis] > shape[axis] - size[axis]) {
                throw new IllegalArgumentException("a box inside " + text(shape) + " is expected, found start "
                        + text(start) + ", size " + text(size));
            }
        }
        long[] first = start.clone();
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(x.type(), size);
        kernels.readBox(x.value(), first, y);
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), shape);
            kernels.fill(gx, 0);
            kernels.writeBox(g, first, gx);
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    /**
     * @param x any shape
     * @param shape of the same number of elements
     * @return the same elements in the same (row-major) order
     */
    public static Tensor reshape(Tensor x, long... shape) {
        long[] before = x.shape();
        long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        require(length == x.value().length(), "a shape of " + length + " elements for " + text(shape), before);
        Tape tape = x.tape();
        INDArray y = x.value().reshape('c', shape);
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), before);
            tape.kernels().combine(1, g.reshape('c', before), 0, null, gx);
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    /**
     * @param x 1 x ...
     * @param times at least 1
     * @return times x ..., the same values again and again
     */
    public static Tensor repeat(Tensor x, long times) {
        long[] one = x.shape();
        require(one.length >= 1 && one[0] == 1 && times >= 1, "1 x ... to repeat at least once", one);
        long[] many = one.clone();
        many[0] = times;
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(x.type(), many);
        long[] start = new long[one.length];
        for (start[0] = 0; start[0] < times; start[0]++) {
            kernels.writeBox(x.value(), start, y);
        }
        return tape.node(y, List.of(x), g -> {
            INDArray sum = tape.allocate(x.type(), one);
            INDArray next = tape.allocate(x.type(), one);
            long[] at = new long[one.length];
            kernels.readBox(g, at, sum);
            for (at[0] = 1; at[0] < times; at[0]++) {
                kernels.readBox(g, at, next);
                kernels.combine(1, sum, 1, next, sum);
            }
            tape.recycle(next);
            tape.recycle(g);
            x.accumulate(sum);
        });
    }

    /**
     * Rows of a matrix in any order, any of them several times. The gradient of a row is the sum of its copies'.
     *
     * @param x R x C
     * @param rows indices, one per row of the result; must not change while the tape is open
     * @return N x C, row i being x's row {@code rows[i]}
     * @throws IllegalArgumentException if x is no matrix, there are no rows or an index is not below R
     */
    public static Tensor gatherRows(Tensor x, int[] rows) {
        long[] shape = x.shape();
        require(shape.length == 2 && rows.length > 0, "a matrix to take at least one row of", shape);
        for (int row : rows) {
            if (row < 0 || row >= shape[0]) {
                throw new IllegalArgumentException("rows of " + text(shape) + " are expected, found the row " + row);
            }
        }
        Tape tape = x.tape();
        ImageKernels kernels = tape.kernels().images();
        INDArray y = tape.allocate(x.type(), rows.length, shape[1]);
        kernels.gatherRows(x.value(), rows, y);
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), shape);
            kernels.gatherRowsGradient(rows, g, gx);
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    /**
     * @param x N x H x W x C
     * @param height at least H
     * @param width at least W
     * @return N x height x width x C: x in the upper left corner, zeros right of it and below
     */
    public static Tensor extend(Tensor x, long height, long width) {
        long[] inner = x.shape();
        require(
                inner.length == 4 && inner[1] <= height && inner[2] <= width,
                "an image of N x H x W x C, at most " + height + " x " + width,
                inner);
        if (inner[1] == height && inner[2] == width) {
            return x;
        }
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(x.type(), inner[0], height, width, inner[3]);
        kernels.fill(y, 0);
        kernels.writeBox(x.value(), new long[4], y);
        return tape.node(y, List.of(x), g -> {
            INDArray gx = tape.allocate(x.type(), inner);
            kernels.readBox(g, new long[4], gx);
            tape.recycle(g);
            x.accumulate(gx);
        });
    }

    static void requireVolume(long[] shape) {
        require(shape.length == 5, "a volume of N x D x H x W x C", shape);
    }

    static void require(boolean holds, String expected, long[] found) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + expected + ", found the shape " + text(found));
        }
    }

    static String text(long[] shape) {
        return Arrays.toString(shape);
    }
}
