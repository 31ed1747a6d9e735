package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * oneDNN primitives of what is done value by value, in FLOAT and BFLOAT16, made once per size and type. They run on
 * all threads and in vector registers, where ND4J takes a value at a time in bf16.
 */
final class OneDnnElementwise {
    private final OneDnnLibrary library;
    private final Map<Object, OneDnnCall> calls = new HashMap<>();

    private record Unary(DataType type, long length, Activation activation, boolean backward) {}

    private record Binary(DataType type, long length, Operation operation) {}

    private record Scale(DataType type, long length, float alpha) {}

    private record Cast(DataType from, DataType to, long length) {}

    private record Copy(DataType type, String from, String to) {}

    OneDnnElementwise(OneDnnLibrary library) {
        this.library = library;
    }

    /** y = activation(x), which is not {@link Activation#NONE}. */
    void activation(Activation activation, INDArray x, INDArray y) {
        Unary key = new Unary(x.dataType(), x.length(), activation, false);
        call(key, () -> unary(key)).run(OneDnnCall.address(x), OneDnnCall.address(y));
    }

    /** gx = gy times the derivative, from the output y. */
    void activationGradient(Activation activation, INDArray y, INDArray gy, INDArray gx) {
        Unary key = new Unary(y.dataType(), y.length(), activation, true);
        call(key, () -> unary(key)).run(OneDnnCall.address(y), OneDnnCall.address(gy), OneDnnCall.address(gx));
    }

    private OneDnnCall unary(Unary key) {
        int algorithm =
                key.backward() ? OneDnnLibrary.backward(key.activation()) : OneDnnLibrary.forward(key.activation());
        dnnl_memory_desc values = values(key.type(), key.length());
        float slope = (float) key.activation().slope();
        dnnl_primitive_desc forward = eltwise(algorithm, values, slope);
        if (!key.backward()) {
            return new OneDnnCall(library, forward)
                    .argument(DNNL_ARG_SRC, values)
                    .argument(DNNL_ARG_DST, values);
        }
        dnnl_primitive_desc backward = new dnnl_primitive_desc();
        int status = dnnl_eltwise_backward_primitive_desc_create(
                backward, library.engine(), algorithm, values, values, values, slope, 0, forward, null);
        library.keep(status, backward, "activation gradient " + key);
        return new OneDnnCall(library, backward)
                .argument(DNNL_ARG_DST, values)
                .argument(DNNL_ARG_DIFF_DST, values)
                .argument(DNNL_ARG_DIFF_SRC, values);
    }

    private dnnl_primitive_desc eltwise(int algorithm, dnnl_memory_desc values, float alpha) {
        dnnl_primitive_desc description = new dnnl_primitive_desc();
        int status = dnnl_eltwise_forward_primitive_desc_create(
                description, library.engine(), dnnl_forward_training, algorithm, values, values, alpha, 0, null);
        return library.keep(status, description, "element-wise function " + algorithm);
    }

    /** out = alpha x. */
    void scale(double alpha, INDArray x, INDArray out) {
        Scale key = new Scale(x.dataType(), x.length(), (float) alpha);
        call(key, () -> {
                    dnnl_memory_desc values = values(key.type(), key.length());
                    return new OneDnnCall(library, eltwise(dnnl_eltwise_linear, values, key.alpha()))
                            .argument(DNNL_ARG_SRC, values)
                            .argument(DNNL_ARG_DST, values);
                })
                .run(OneDnnCall.address(x), OneDnnCall.address(out));
    }

    /** What two arrays are joined by. */
    enum Operation {
        /** x + y. */
        SUM(dnnl_binary_add),
        /** x y. */
        PRODUCT(dnnl_binary_mul);

        private final int algorithm;

        Operation(int algorithm) {
            this.algorithm = algorithm;
        }
    }

    /** out = x + y or x y; out may be either. */
    void join(Operation operation, INDArray x, INDArray y, INDArray out) {
        if (out == y && x != y) {
            // the library allows the first of the two alone to be overwritten, and both operations are symmetric
            join(operation, y, x, out);
            return;
        }
        Binary key = new Binary(x.dataType(), x.length(), operation);
        call(key, () -> binary(key)).run(OneDnnCall.address(x), OneDnnCall.address(y), OneDnnCall.address(out));
    }

    private OneDnnCall binary(Binary key) {
        dnnl_memory_desc values = values(key.type(), key.length());
        dnnl_primitive_desc description = new dnnl_primitive_desc();
        int status = dnnl_binary_primitive_desc_create(
                description, library.engine(), key.operation().algorithm, values, values, values, null);
        library.keep(status, description, key.toString());
        return new OneDnnCall(library, description)
                .argument(DNNL_ARG_SRC_0, values)
                .argument(DNNL_ARG_SRC_1, values)
                .argument(DNNL_ARG_DST, values);
    }

    /** y = x in y's type. */
    void cast(INDArray x, INDArray y) {
        Cast key = new Cast(x.dataType(), y.dataType(), x.length());
        call(key, () -> OneDnnCall.reorder(library, values(key.from(), key.length()), values(key.to(), key.length())))
                .run(OneDnnCall.address(x), OneDnnCall.address(y));
    }

    /** Copies a box out of an array of the same type. */
    void readBox(INDArray whole, long[] start, INDArray box) {
        copy(whole, start, box, new long[start.length], box.shape());
    }

    /** Copies a box into an array of the same type. */
    void writeBox(INDArray box, long[] start, INDArray whole) {
        copy(box, new long[start.length], whole, start, box.shape());
    }

    /** A x B x C x D to A x C x B x D, of the same type. */
    void exchange(INDArray x, INDArray y) {
        long[] sizes = x.shape();
        long b = sizes[1];
        long c = sizes[2];
        long d = sizes[3];
        Layout near = new Layout(sizes, new long[] {b * c * d, c * d, d, 1});
        Layout far = new Layout(sizes, new long[] {b * c * d, d, b * d, 1});
        copy(x.dataType(), near, OneDnnCall.address(x), far, OneDnnCall.address(y));
    }

    private void copy(INDArray from, long[] fromStart, INDArray to, long[] toStart, long[] sizes) {
        copy(
                from.dataType(),
                new Layout(sizes, from.stride()),
                address(from, fromStart),
                new Layout(sizes, to.stride()),
                address(to, toStart));
    }

    private void copy(DataType type, Layout near, long from, Layout far, long to) {
        boolean pairs = type == DataType.BFLOAT16 && near.isOfPairs() && far.isOfPairs();
        // two bf16 moved as one float32 take two thirds of the time
        DataType moved = pairs ? DataType.FLOAT : type;
        Layout source = pairs ? near.pairs() : near;
        Layout target = pairs ? far.pairs() : far;
        call(new Copy(moved, source.toString(), target.toString()), () -> {
                    return OneDnnCall.reorder(
                            library,
                            library.describe(moved, source.sizes(), source.strides()),
                            library.describe(moved, target.sizes(), target.strides()));
                })
                .run(from, to);
    }

    /** Where the values of a box lie: sizes and distances by axis, in values. */
    private record Layout(long[] sizes, long[] strides) {
        /** Whether the last axis is made of pairs of neighbours. */
        boolean isOfPairs() {
            int last = sizes.length - 1;
            boolean even = sizes[last] % 2 == 0 && strides[last] == 1;
            for (int axis = 0; axis < last; axis++) {
                even &= strides[axis] % 2 == 0;
            }
            return even;
        }

        Layout pairs() {
            int last = sizes.length - 1;
            long[] half = sizes.clone();
            half[last] /= 2;
            long[] apart = strides.clone();
            for (int axis = 0; axis < last; axis++) {
                apart[axis] /= 2;
            }
            return new Layout(half, apart);
        }

        /** Equal for equal layouts, which arrays are not by themselves. */
        @Override
        public String toString() {
            return Arrays.toString(sizes) + Arrays.toString(strides);
        }
    }

    private static long address(INDArray array, long[] start) {
        long values = 0;
        for (int axis = 0; axis < start.length; axis++) {
            values += start[axis] * array.stride(axis);
        }
        return OneDnnCall.address(array) + values * array.dataType().width();
    }

    private dnnl_memory_desc values(DataType type, long length) {
        return library.describe(type, dnnl_x, length);
    }

    private OneDnnCall call(Object key, Supplier<OneDnnCall> made) {
        return calls.computeIfAbsent(key, unused -> made.get());
    }

    /** Forgets all primitives; to be called before the library destroys them. */
    void clear() {
        calls.clear();
    }
}
