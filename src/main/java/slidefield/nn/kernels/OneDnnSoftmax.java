package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** oneDNN primitives of the softmax of each row of a float32 matrix, made once per size. */
final class OneDnnSoftmax {
    private static final int ROW = 1;

    private final OneDnnLibrary library;
    private final Map<Key, Primitives> primitives = new HashMap<>();

    private record Key(long rows, long columns) {}

    OneDnnSoftmax(OneDnnLibrary library) {
        this.library = library;
    }

    private final class Primitives {
        private final OneDnnCall forward;
        private final OneDnnCall backward;

        Primitives(Key key) {
            dnnl_memory_desc values = library.describe(DataType.FLOAT, dnnl_ab, key.rows(), key.columns());
            dnnl_primitive_desc description = new dnnl_primitive_desc();
            int status = dnnl_softmax_forward_primitive_desc_create(
                    description,
                    library.engine(),
                    dnnl_forward_training,
                    dnnl_softmax_accurate,
                    values,
                    values,
                    ROW,
                    null);
            library.keep(status, description, "softmax " + key);
            forward = new OneDnnCall(library, description)
                    .argument(DNNL_ARG_SRC, values)
                    .argument(DNNL_ARG_DST, values);
            dnnl_primitive_desc gradient = new dnnl_primitive_desc();
            status = dnnl_softmax_backward_primitive_desc_create(
                    gradient, library.engine(), dnnl_softmax_accurate, values, values, values, ROW, description, null);
            library.keep(status, gradient, "gradient of softmax " + key);
            backward = new OneDnnCall(library, gradient)
                    .argument(DNNL_ARG_DST, values)
                    .argument(DNNL_ARG_DIFF_DST, values)
                    .argument(DNNL_ARG_DIFF_SRC, values);
        }
    }

    private Primitives primitives(INDArray x) {
        return primitives.computeIfAbsent(new Key(x.length() / x.size(-1), x.size(-1)), Primitives::new);
    }

    /** y = softmax(x) along the last axis; y may be x. */
    void forward(INDArray x, INDArray y) {
        primitives(x).forward.run(OneDnnCall.address(x), OneDnnCall.address(y));
    }

    /** The gradient of x from the output y; gx may be gy. */
    void gradient(INDArray y, INDArray gy, INDArray gx) {
        primitives(y).backward.run(OneDnnCall.address(y), OneDnnCall.address(gy), OneDnnCall.address(gx));
    }

    /** Forgets all primitives; to be called before the library destroys them. */
    void clear() {
        primitives.clear();
    }
}
