package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The fast {@link TransformerKernels} in float32: oneDNN primitives, and loops of our own for groups of channels. */
final class OneDnnTransformer implements TransformerKernels {
    private final OneDnnLibrary library;
    private final Kernels kernels;
    private final ArrayPool scratch;
    private final OneDnnLayerNorm layerNorm;
    private final OneDnnSoftmax softmax;
    private final OneDnnAttention attention;
    private final Map<Long, Gelu> gelus = new HashMap<>();

    OneDnnTransformer(OneDnnLibrary library, Kernels kernels, ArrayPool scratch) {
        this.library = library;
        this.kernels = kernels;
        this.scratch = scratch;
        layerNorm = new OneDnnLayerNorm(library);
        softmax = new OneDnnSoftmax(library);
        attention = new OneDnnAttention(library, softmax, scratch);
    }

    @Override
    public void groupNorm(
            GroupNormalisation how,
            INDArray x,
            INDArray scale,
            INDArray shift,
            INDArray addend,
            Activation activation,
            INDArray mean,
            INDArray variance,
            INDArray y) {
        if (isLayerNorm(how, x, scale)) {
            layerNorm.forward(how.epsilon(), x, scale, shift, mean, variance, y);
            if (addend != null) {
                kernels.combine(1, y, 1, addend, y);
            }
            kernels.activation(activation, y, y);
            return;
        }
        boolean relu = activation == Activation.RELU;
        new GroupNormLoop(how, x).forward(x, scale, shift, addend, relu, mean, variance, y);
        if (!relu) {
            kernels.activation(activation, y, y);
        }
    }

    @Override
    public void groupNormGradients(
            GroupNormalisation how,
            INDArray x,
            INDArray scale,
            INDArray mean,
            INDArray variance,
            INDArray gy,
            INDArray gx,
            INDArray gscale,
            INDArray gshift) {
        if (!isLayerNorm(how, x, scale)) {
            new GroupNormLoop(how, x).gradients(x, scale, mean, variance, gy, gx, gscale, gshift);
            return;
        }
        try (Unwanted unwanted = new Unwanted()) {
            layerNorm.gradients(
                    how.epsilon(),
                    x,
                    scale,
                    mean,
                    variance,
                    gy,
                    unwanted.orWork(gx, gy),
                    unwanted.orWork(gscale, scale),
                    unwanted.orWork(gshift, scale));
        }
    }

    private static boolean isLayerNorm(GroupNormalisation how, INDArray x, INDArray scale) {
        return how.groups() == 1 && x.size(1) == 1 && scale != null;
    }

    /** Room for the results that nobody wants, but that a primitive writes. */
    private final class Unwanted implements AutoCloseable {
        private final List<INDArray> taken = new ArrayList<>();

        INDArray orWork(INDArray wanted, INDArray like) {
            if (wanted != null) {
                return wanted;
            }
            INDArray work = scratch.take(like.shape());
            taken.add(work);
            return work;
        }

        @Override
        public void close() {
            taken.forEach(scratch::give);
        }
    }

    private final class Gelu {
        private final OneDnnCall forward;
        private final OneDnnCall backward;

        Gelu(long length) {
            dnnl_memory_desc values = library.describe(DataType.FLOAT, dnnl_x, length);
            dnnl_primitive_desc description = new dnnl_primitive_desc();
            int status = dnnl_eltwise_forward_primitive_desc_create(
                    description,
                    library.engine(),
                    dnnl_forward_training,
                    dnnl_eltwise_gelu_erf,
                    values,
                    values,
                    0,
                    0,
                    null);
            library.keep(status, description, "GELU");
            forward = new OneDnnCall(library, description)
                    .argument(DNNL_ARG_SRC, values)
                    .argument(DNNL_ARG_DST, values);
            dnnl_primitive_desc gradient = new dnnl_primitive_desc();
            status = dnnl_eltwise_backward_primitive_desc_create(
                    gradient, library.engine(), dnnl_eltwise_gelu_erf, values, values, values, 0, 0, description, null);
            library.keep(status, gradient, "gradient of GELU");
            backward = new OneDnnCall(library, gradient)
                    .argument(DNNL_ARG_SRC, values)
                    .argument(DNNL_ARG_DIFF_DST, values)
                    .argument(DNNL_ARG_DIFF_SRC, values);
        }
    }

    @Override
    public void gelu(INDArray x, INDArray y) {
        gelus.computeIfAbsent(x.length(), Gelu::new).forward.run(OneDnnCall.address(x), OneDnnCall.address(y));
    }

    @Override
    public void geluGradient(INDArray x, INDArray gy, INDArray gx) {
        gelus.computeIfAbsent(x.length(), Gelu::new)
                .backward
                .run(OneDnnCall.address(x), OneDnnCall.address(gy), OneDnnCall.address(gx));
    }

    @Override
    public void softmax(INDArray x, INDArray y) {
        softmax.forward(x, y);
    }

    @Override
    public void softmaxGradient(INDArray y, INDArray gy, INDArray gx) {
        softmax.gradient(y, gy, gx);
    }

    @Override
    public void attention(int heads, INDArray q, INDArray k, INDArray v, INDArray p, INDArray y) {
        attention.forward(heads, q, k, v, p, y);
    }

    @Override
    public void attentionGradients(
            int heads,
            INDArray q,
            INDArray k,
            INDArray v,
            INDArray p,
            INDArray gy,
            INDArray gq,
            INDArray gk,
            INDArray gv) {
        attention.gradients(heads, q, k, v, p, gy, gq, gk, gv);
    }

    /** Forgets all primitives; to be called before the library destroys them. */
    void clear() {
        layerNorm.clear();
        softmax.clear();
        attention.clear();
        gelus.clear();
    }
}
