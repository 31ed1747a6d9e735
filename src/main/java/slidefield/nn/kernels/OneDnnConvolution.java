package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The primitives of one convolution on one shape, each made when first needed. Images stay in their N x H x W x C
 * order; weights are reordered into what the library likes best, which for them costs little, and rounded on the way
 * where the images are bf16. Gradients of weights and bias are float32 always.
 */
final class OneDnnConvolution {
    private static final int ADDEND = DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1;

    /** What a set of primitives is made for; type and sizes are those of x and y. Weights and bias are FLOAT. */
    record Key(
            DataType type,
            Convolution geometry,
            long images,
            long height,
            long width,
            long in,
            long outHeight,
            long outWidth,
            long out,
            boolean bias,
            boolean addend,
            Activation activation) {}

    private final OneDnnLibrary library;
    private final Key key;
    private final dnnl_memory_desc x;
    private final dnnl_memory_desc y;
    private final dnnl_memory_desc anyWeights;
    private final dnnl_memory_desc anyGradient;
    private final dnnl_memory_desc weights;
    private final dnnl_memory_desc bias;
    private final long[] strides;
    private final long[] dilations;
    private final long[] padding;
    private dnnl_primitive_desc hint;
    private OneDnnWeights forwardWeights;
    private OneDnnCall forward;
    private OneDnnWeights inputWeights;
    private OneDnnCall input;
    private Gradient gradient;
    private OneDnnCall weightGradient;

    OneDnnConvolution(OneDnnLibrary library, Key key) {
        this.library = library;
        this.key = key;
        Convolution geometry = key.geometry();
        x = library.describe(key.type(), dnnl_nhwc, key.images(), key.in(), key.height(), key.width());
        y = library.describe(key.type(), dnnl_nhwc, key.images(), key.out(), key.outHeight(), key.outWidth());
        long[] size = {key.out(), key.in(), geometry.height(), geometry.width()};
        anyWeights = library.describe(key.type(), dnnl_format_tag_any, size);
        anyGradient = library.describe(DataType.FLOAT, dnnl_format_tag_any, size);
        weights = library.describe(DataType.FLOAT, dnnl_hwio, size);
        bias = key.bias() ? library.describe(DataType.FLOAT, dnnl_x, key.out()) : null;
        strides = new long[] {geometry.stride(), geometry.stride()};
        dilations = new long[] {geometry.dilation() - 1, geometry.dilation() - 1};
        padding = new long[] {geometry.verticalPadding(), geometry.horizontalPadding()};
    }

    void forward(INDArray xs, INDArray w, INDArray b, INDArray addend, INDArray ys) {
        if (forward == null) {
            dnnl_primitive_desc description =
                    forwardDescription(library.attributes(key.addend() ? y : null, key.activation()));
            forwardWeights = new OneDnnWeights(library, description, weights);
            forward = new OneDnnCall(library, description)
                    .argument(DNNL_ARG_SRC, x)
                    .argument(DNNL_ARG_WEIGHTS, forwardWeights.description())
                    .argument(DNNL_ARG_DST, y);
            if (key.bias()) {
                forward.argument(DNNL_ARG_BIAS, bias);
            }
            if (key.addend()) {
                forward.argument(ADDEND, y);
            }
        }
        long[] addresses = new long[3 + (key.bias() ? 1 : 0) + (key.addend() ? 1 : 0)];
        addresses[0] = OneDnnCall.address(xs);
        addresses[1] = forwardWeights.read(w);
        addresses[2] = OneDnnCall.address(ys);
        if (key.bias()) {
            addresses[3] = OneDnnCall.address(b);
        }
        if (key.addend()) {
            addresses[addresses.length - 1] = OneDnnCall.address(addend);
        }
        forward.run(addresses);
    }

    void inputGradient(INDArray w, INDArray gy, INDArray gx) {
        if (input == null) {
            dnnl_primitive_desc description = new dnnl_primitive_desc();
            int status = dnnl_convolution_backward_data_primitive_desc_create(
                    description,
                    library.engine(),
                    dnnl_convolution_direct,
                    x,
                    anyWeights,
                    y,
                    strides,
                    dilations,
                    padding,
                    padding,
                    hint(),
                    null);
            library.keep(status, description, "input gradient of " + key);
            inputWeights = new OneDnnWeights(library, description, weights);
            input = new OneDnnCall(library, description)
                    .argument(DNNL_ARG_DIFF_DST, y)
                    .argument(DNNL_ARG_WEIGHTS, inputWeights.description())
                    .argument(DNNL_ARG_DIFF_SRC, x);
        }
        input.run(OneDnnCall.address(gy), inputWeights.read(w), OneDnnCall.address(gx));
    }

    /** Gradients of the weights and, if the key has one, of the bias. */
    void weightGradients(INDArray xs, INDArray gy, INDArray gw, INDArray gb) {
        if (weightGradient == null) {
            dnnl_primitive_desc description = new dnnl_primitive_desc();
            int status = dnnl_convolution_backward_weights_primitive_desc_create(
                    description,
                    library.engine(),
                    dnnl_convolution_direct,
                    x,
                    anyGradient,
                    bias,
                    y,
                    strides,
                    dilations,
                    padding,
                    padding,
                    hint(),
                    null);
            library.keep(status, description, "weight gradient of " + key);
            gradient = new Gradient(description);
            weightGradient = new OneDnnCall(library, description)
                    .argument(DNNL_ARG_SRC, x)
                    .argument(DNNL_ARG_DIFF_DST, y)
                    .argument(DNNL_ARG_DIFF_WEIGHTS, gradient.description);
            if (key.bias()) {
                weightGradient.argument(DNNL_ARG_DIFF_BIAS, bias);
            }
        }
        long at = gradient.buffer(gw);
        if (key.bias()) {
            weightGradient.run(OneDnnCall.address(xs), OneDnnCall.address(gy), at, OneDnnCall.address(gb));
        } else {
            weightGradient.run(OneDnnCall.address(xs), OneDnnCall.address(gy), at);
        }
        gradient.write(gw);
    }

    /** Backward primitives are told of a forward one of the same sizes. */
    private dnnl_primitive_desc hint() {
        if (hint == null) {
            hint = forwardDescription(null);
        }
        return hint;
    }

    private dnnl_primitive_desc forwardDescription(dnnl_primitive_attr attributes) {
        dnnl_primitive_desc description = new dnnl_primitive_desc();
        int status = dnnl_convolution_forward_primitive_desc_create(
                description,
                library.engine(),
                dnnl_forward_training,
                dnnl_convolution_direct,
                x,
                anyWeights,
                bias,
                y,
                strides,
                dilations,
                padding,
                padding,
                attributes);
        return library.keep(status, description, "convolution " + key);
    }

    /** The weights' gradient in the order that a primitive likes, with the way to ours (kernel x kernel x I x O). */
    private final class Gradient {
        private final dnnl_memory_desc description;
        private final OneDnnCall reorder;
        private final BytePointer values;

        Gradient(dnnl_primitive_desc primitive) {
            description = dnnl_primitive_desc_query_md(primitive, dnnl_query_diff_weights_md, 0);
            if (dnnl_memory_desc_equal(description, weights) != 0) {
                reorder = null;
                values = null;
                return;
            }
            values = new BytePointer(dnnl_memory_desc_get_size(description));
            library.onClose(values::deallocate);
            reorder = OneDnnCall.reorder(library, description, weights);
        }

        /** Where the primitive should write. */
        long buffer(INDArray gw) {
            return reorder == null ? OneDnnCall.address(gw) : values.address();
        }

        /** Brings what the primitive wrote into our order. */
        void write(INDArray gw) {
            if (reorder != null) {
                reorder.run(values.address(), OneDnnCall.address(gw));
            }
        }
    }
}
