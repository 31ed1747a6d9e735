package slidefield.nn;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
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

    static void require(boolean holds, String expected, long[] found) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + expected + ", found the shape " + text(found));
        }
    }

    static String text(long[] shape) {
        return Arrays.toString(shape);
    }
}
