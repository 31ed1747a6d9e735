package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fast CPU path, in FLOAT: oneDNN primitives straight on the arrays' memory, made once per shape. Matrix
 * products over the last axis are 1 x 1 convolutions to it. What is bound by memory alone (sums, boxes, scaling)
 * is left to the reference.
 */
public final class OneDnnKernels implements Kernels {
    private final Nd4jKernels reference = new Nd4jKernels(DataType.FLOAT);
    private final OneDnnLibrary library = new OneDnnLibrary();
    private final Map<OneDnnConvolution.Key, OneDnnConvolution> convolutions = new HashMap<>();
    private final Map<Elementwise, OneDnnCall> elementwise = new HashMap<>();

    private record Elementwise(Activation activation, long length, boolean backward) {}

    /**
     * @throws LinkageError if the native library does not load here
     */
    public OneDnnKernels() {
        // everything is made above, and on demand
    }

    @Override
    public String name() {
        return "oneDNN " + OneDnnLibrary.version();
    }

    @Override
    public DataType type() {
        return DataType.FLOAT;
    }

    @Override
    public void convolution(
            Convolution geometry,
            INDArray x,
            INDArray w,
            INDArray bias,
            INDArray addend,
            Activation activation,
            INDArray y) {
        OneDnnConvolution.Key key = new OneDnnConvolution.Key(
                geometry,
                x.size(0),
                x.size(1),
                x.size(2),
                x.size(3),
                y.size(1),
                y.size(2),
                y.size(3),
                bias != null,
                addend != null,
                activation);
        primitives(key).forward(x, w, bias, addend, y);
    }

    @Override
    public void convolutionGradients(
            Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        OneDnnConvolution.Key key = new OneDnnConvolution.Key(
                geometry,
                x.size(0),
                x.size(1),
                x.size(2),
                x.size(3),
                gy.size(1),
                gy.size(2),
                gy.size(3),
                gb != null,
                false,
                Activation.NONE);
        gradients(key, x, w, gy, gx, gw, gb);
        if (gw == null && gb != null) {
            reference.convolutionGradients(geometry, x, w, gy, null, null, gb);
        }
    }

    @Override
    public void product(INDArray x, INDArray w, INDArray bias, INDArray addend, Activation activation, INDArray y) {
        primitives(productKey(x, y, bias != null, addend != null, activation)).forward(x, w, bias, addend, y);
    }

    @Override
    public void productGradients(INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        gradients(productKey(x, gy, gb != null, false, Activation.NONE), x, w, gy, gx, gw, gb);
        if (gw == null && gb != null) {
            reference.productGradients(x, w, gy, null, null, gb);
        }
    }

    private void gradients(
            OneDnnConvolution.Key key, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        if (gx != null) {
            primitives(key).inputGradient(w, gy, gx);
        }
        if (gw != null) {
            primitives(key).weightGradients(x, gy, gw, gb);
        }
    }

    /** The rows of a matrix as the pixels of one image. */
    private static OneDnnConvolution.Key productKey(
            INDArray x, INDArray y, boolean bias, boolean addend, Activation activation) {
        long in = x.size(-1);
        long rows = x.length() / in;
        return new OneDnnConvolution.Key(
                new Convolution(1, 1, 1, 0), 1, rows, 1, in, rows, 1, y.size(-1), bias, addend, activation);
    }

    private OneDnnConvolution primitives(OneDnnConvolution.Key key) {
        return convolutions.computeIfAbsent(key, k -> new OneDnnConvolution(library, k));
    }

    @Override
    public void activation(Activation activation, INDArray x, INDArray y) {
        if (activation == Activation.NONE) {
            reference.activation(activation, x, y);
            return;
        }
        elementwise(new Elementwise(activation, x.length(), false)).run(OneDnnCall.address(x), OneDnnCall.address(y));
    }

    @Override
    public void activationGradient(Activation activation, INDArray y, INDArray gy, INDArray gx) {
        if (activation == Activation.NONE) {
            reference.activationGradient(activation, y, gy, gx);
            return;
        }
        elementwise(new Elementwise(activation, y.length(), true))
                .run(OneDnnCall.address(y), OneDnnCall.address(gy), OneDnnCall.address(gx));
    }

    private OneDnnCall elementwise(Elementwise key) {
        return elementwise.computeIfAbsent(key, this::create);
    }

    private OneDnnCall create(Elementwise key) {
        int algorithm =
                key.backward() ? OneDnnLibrary.backward(key.activation()) : OneDnnLibrary.forward(key.activation());
        dnnl_memory_desc values = library.describe(dnnl_x, key.length());
        dnnl_primitive_desc forward = new dnnl_primitive_desc();
        int status = dnnl_eltwise_forward_primitive_desc_create(
                forward, library.engine(), dnnl_forward_training, algorithm, values, values, 0, 0, null);
        library.keep(status, forward, "activation " + key);
        if (!key.backward()) {
            return new OneDnnCall(library, forward)
                    .argument(DNNL_ARG_SRC, values)
                    .argument(DNNL_ARG_DST, values);
        }
        dnnl_primitive_desc backward = new dnnl_primitive_desc();
        status = dnnl_eltwise_backward_primitive_desc_create(
                backward, library.engine(), algorithm, values, values, values, 0, 0, forward, null);
        library.keep(status, backward, "activation gradient " + key);
        return new OneDnnCall(library, backward)
                .argument(DNNL_ARG_DST, values)
                .argument(DNNL_ARG_DIFF_DST, values)
                .argument(DNNL_ARG_DIFF_SRC, values);
    }

    @Override
    public void sine(double omega, INDArray x, INDArray y) {
        reference.sine(omega, x, y);
    }

    @Override
    public void sineGradient(double omega, INDArray x, INDArray gy, INDArray gx) {
        reference.sineGradient(omega, x, gy, gx);
    }

    @Override
    public void combine(double alpha, INDArray x, double beta, INDArray y, INDArray out) {
        reference.combine(alpha, x, beta, y, out);
    }

    @Override
    public void multiply(INDArray x, INDArray y, INDArray out) {
        reference.multiply(x, y, out);
    }

    @Override
    public void fill(INDArray x, double value) {
        reference.fill(x, value);
    }

    @Override
    public void readBox(INDArray whole, long[] start, INDArray box) {
        reference.readBox(whole, start, box);
    }

    @Override
    public void writeBox(INDArray box, long[] start, INDArray whole) {
        reference.writeBox(box, start, whole);
    }

    @Override
    public double sum(INDArray x) {
        return reference.sum(x);
    }

    @Override
    public double dot(INDArray x, INDArray y) {
        return reference.dot(x, y);
    }

    @Override
    public double binaryCrossEntropy(INDArray logits, INDArray target, INDArray gradient) {
        return reference.binaryCrossEntropy(logits, target, gradient);
    }

    @Override
    public void close() {
        convolutions.clear();
        elementwise.clear();
        library.clear();
        reference.close();
    }
}
