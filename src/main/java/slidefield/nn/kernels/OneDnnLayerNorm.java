package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** oneDNN primitives of layer normalisation, the normalisation of each row of a float32 matrix, made once per size. */
final class OneDnnLayerNorm {
    private static final int FLAGS = dnnl_use_scale | dnnl_use_shift;

    private final OneDnnLibrary library;
    private final Map<Key, Primitives> primitives = new HashMap<>();

    private record Key(long rows, long channels, float epsilon) {}

    OneDnnLayerNorm(OneDnnLibrary library) {
        this.library = library;
    }

    private final class Primitives {
        private final OneDnnCall forward;
        private final OneDnnCall backward;

        Primitives(Key key) {
            dnnl_memory_desc values = library.describe(DataType.FLOAT, dnnl_ab, key.rows(), key.channels());
            dnnl_memory_desc statistics = library.describe(DataType.FLOAT, dnnl_x, key.rows());
            dnnl_memory_desc weights = library.describe(DataType.FLOAT, dnnl_x, key.channels());
            dnnl_primitive_desc description = new dnnl_primitive_desc();
            int status = dnnl_layer_normalization_forward_primitive_desc_create(
                    description,
                    library.engine(),
                    dnnl_forward_training,
                    values,
                    values,
                    statistics,
                    key.epsilon(),
                    FLAGS,
                    null);
            library.keep(status, description, "layer normalisation " + key);
            forward = new OneDnnCall(library, description)
                    .argument(DNNL_ARG_SRC, values)
                    .argument(DNNL_ARG_SCALE, weights)
                    .argument(DNNL_ARG_SHIFT, weights)
                    .argument(DNNL_ARG_MEAN, statistics)
                    .argument(DNNL_ARG_VARIANCE, statistics)
                    .argument(DNNL_ARG_DST, values);
            dnnl_primitive_desc gradient = new dnnl_primitive_desc();
            status = dnnl_layer_normalization_backward_primitive_desc_create(
                    gradient,
                    library.engine(),
                    dnnl_backward,
                    values,
                    values,
                    values,
                    statistics,
                    key.epsilon(),
                    FLAGS,
                    description,
                    null);
            library.keep(status, gradient, "gradient of layer normalisation " + key);
            backward = new OneDnnCall(library, gradient)
                    .argument(DNNL_ARG_SRC, values)
                    .argument(DNNL_ARG_SCALE, weights)
                    .argument(DNNL_ARG_MEAN, statistics)
                    .argument(DNNL_ARG_VARIANCE, statistics)
                    .argument(DNNL_ARG_DIFF_DST, values)
                    .argument(DNNL_ARG_DIFF_SRC, values)
                    .argument(DNNL_ARG_DIFF_SCALE, weights)
                    .argument(DNNL_ARG_DIFF_SHIFT, weights);
        }
    }

    private Primitives primitives(double epsilon, INDArray x) {
        return primitives.computeIfAbsent(
                new Key(x.length() / x.size(-1), x.size(-1), (float) epsilon), Primitives::new);
    }

    /** As {@link TransformerKernels#groupNorm} of one group and images of one pixel, without addend and activation. */
    void forward(
            double epsilon, INDArray x, INDArray scale, INDArray shift, INDArray mean, INDArray variance, INDArray y) {
        primitives(epsilon, x)
                .forward
                .run(
                        OneDnnCall.address(x),
                        OneDnnCall.address(scale),
                        OneDnnCall.address(shift),
                        OneDnnCall.address(mean),
                        OneDnnCall.address(variance),
                        OneDnnCall.address(y));
    }

    /** All gradients; gx may be gy. */
    void gradients(
            double epsilon,
            INDArray x,
            INDArray scale,
            INDArray mean,
            INDArray variance,
            INDArray gy,
            INDArray gx,
            INDArray gscale,
            INDArray gshift) {
        primitives(epsilon, x)
                .backward
                .run(
                        OneDnnCall.address(x),
                        OneDnnCall.address(scale),
                        OneDnnCall.address(mean),
                        OneDnnCall.address(variance),
                        OneDnnCall.address(gy),
                        OneDnnCall.address(gx),
                        OneDnnCall.address(gscale),
                        OneDnnCall.address(gshift));
    }

    /** Forgets all primitives; to be called before the library destroys them. */
    void clear() {
        primitives.clear();
    }
}
