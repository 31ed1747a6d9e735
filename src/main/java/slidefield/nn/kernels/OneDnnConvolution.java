package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Arrays;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The primitives of one convolution on one shape, each made when first needed. Images and volumes stay in their
 * order, channels last; weights are reordered into what the library likes best, which for them costs little, and
 * rounded on the way where the images are bf16. Gradients of weights and bias are float32 always.
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
            Activation activation) {
        Sizes sizes() {
            return new Sizes(
                    new long[] {images, in, height, width},
                    new long[] {images, out, outHeight, outWidth},
                    new long[] {out, in, geometry.height(), geometry.width()},
                    geometry.stride(),
                    geometry.dilation(),
                    new long[] {geometry.verticalPadding(), geometry.horizontalPadding()});
        }
    }

    /**
     * Sizes in the library's order: images or outputs, channels, then two or three axes of space.
     *
     * @param x of the input
     * @param y of the result
     * @param weights outputs, inputs and taps; of a depth-wise convolution groups, one output, one input and taps
     * @param stride of every axis
     * @param dilation of every axis, 1 for none
     * @param padding of each axis on both sides
     */
    record Sizes(long[] x, long[] y, long[] weights, long stride, long dilation, long[] padding) {}

    private final OneDnnLibrary library;
    private final Object name;
    private final boolean biased;
    private final boolean added;
    private final Activation activation;
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
        this(library, key, key.type(), key.sizes(), key.bias(), key.addend(), key.activation());
    }

    /**
     * @param library makes the primitives
     * @param name of this convolution, for messages
     * @param type of x and y; weights and bias are FLOAT
     * @param sizes of all arrays
     * @param biased whether there is a bias
     * @param added whether there is an addend
     * @param activation applied last
     */
    OneDnnConvolution(
            OneDnnLibrary library,
            Object name,
            DataType type,
            Sizes sizes,
            boolean biased,
            boolean added,
            Activation activation) {
        this.library = library;
        this.name = name;
        this.biased = biased;
        this.added = added;
        this.activation = activation;
        boolean flat = sizes.padding().length == 2;
        x = library.describe(type, flat ? dnnl_nhwc : dnnl_ndhwc, sizes.x());
        y = library.describe(type, flat ? dnnl_nhwc : dnnl_ndhwc, sizes.y());
        anyWeights = library.describe(type, dnnl_format_tag_any, sizes.weights());
        anyGradient = library.describe(DataType.FLOAT, dnnl_format_tag_any, sizes.weights());
        weights = library.describe(DataType.FLOAT, weightOrder(sizes), sizes.weights());
        bias = biased ? library.describe(DataType.FLOAT, dnnl_x, sizes.y()[1]) : null;
        padding = sizes.padding();
        strides = new long[padding.length];
        Arrays.fill(strides, sizes.stride());
        dilations = new long[padding.length];
        Arrays.fill(dilations, sizes.dilation() - 1);
    }

    /** The name of our order of the weights: taps, inputs, outputs, or taps and groups. */
    private static int weightOrder(Sizes sizes) {
        int space = sizes.padding().length;
        if (sizes.weights().length == space + 3) {
            return dnnl_hwigo;
        }
        return space == 2 ? dnnl_hwio : dnnl_dhwio;
    }

    void forward(INDArray xs, INDArray w, INDArray b, INDArray addend, INDArray ys) {
        if (forward == null) {
            dnnl_primitive_desc description = forwardDescription(library.attributes(added ? y : null, activation));
            forwardWeights = new OneDnnWeights(library, description, weights);
            forward = new OneDnnCall(library, description)
                    .argument(DNNL_ARG_SRC, x)
                    .argument(DNNL_ARG_WEIGHTS, forwardWeights.description())
                    .argument(DNNL_ARG_DST, y);
            if (biased) {
                forward.argument(DNNL_ARG_BIAS, bias);
            }
            if (added) {
                forward.argument(ADDEND, y);
            }
        }
        long[] addresses = new long[3 + (biased ? 1 : 0) + (added ? 1 : 0)];
        addresses[0] = OneDnnCall.address(xs);
        addresses[1] = forwardWeights.read(w);
        addresses[2] = OneDnnCall.address(ys);
        if (biased) {
            addresses[3] = OneDnnCall.address(b);
        }
        if (added) {
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
            library.keep(status, description, "input gradient of " + name);
            inputWeights = new OneDnnWeights(library, description, weights);
            input = new OneDnnCall(library, description)
                    .argument(DNNL_ARG_DIFF_DST, y)
                    .argument(DNNL_ARG_WEIGHTS, inputWeights.description())
                    .argument(DNNL_ARG_DIFF_SRC, x);
        }
        input.run(OneDnnCall.address(gy), inputWeights.read(w), OneDnnCall.address(gx));
    }

    /** Gradients of the weights and, if there is one, of the bias. */
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
            library.keep(status, description, "weight gradient of " + name);
            gradient = new Gradient(description);
            weightGradient = new OneDnnCall(library, description)
                    .argument(DNNL_ARG_SRC, x)
                    .argument(DNNL_ARG_DIFF_DST, y)
                    .argument(DNNL_ARG_DIFF_WEIGHTS, gradient.description);
            if (biased) {
                weightGradient.argument(DNNL_ARG_DIFF_BIAS, bias);
            }
        }
        long at = gradient.buffer(gw);
        if (biased) {
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
        return library.keep(status, description, "convolution " + name);
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
