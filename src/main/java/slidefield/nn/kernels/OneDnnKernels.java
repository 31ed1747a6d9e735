package slidefield.nn.kernels;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fast CPU path, in FLOAT and, where the processor multiplies it, BFLOAT16: oneDNN primitives straight on the
 * arrays' memory, made once per shape and type. Matrix products over the last axis are 1 x 1 convolutions to it. What
 * is rare or small is left to the reference.
 */
public final class OneDnnKernels implements Kernels {
    private final Kernels reference = new RoundingKernels();
    private final OneDnnLibrary library = new OneDnnLibrary();
    private final Map<OneDnnConvolution.Key, OneDnnConvolution> convolutions = new HashMap<>();
    private final Winograd winograd = new Winograd(library);
    private final OneDnnElementwise elementwise = new OneDnnElementwise(library);
    private final ArrayPool scratch = new ArrayPool(DataType.FLOAT);
    private final FastImageKernels images = new FastImageKernels(reference.images(), library, elementwise, scratch);
    private final Map<Double, SineTable> sines = new HashMap<>();
    private final OneDnnTransformer transformer = new OneDnnTransformer(library, this, scratch);
    private final OneDnnVolumeKernels volumes = new OneDnnVolumeKernels(library, reference.volumes(), scratch);

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
    public boolean computes(DataType type) {
        return type == DataType.FLOAT || type == DataType.BFLOAT16 && OneDnnLibrary.multipliesBfloat16();
    }

    @Override
    public ImageKernels images() {
        return images;
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
                x.dataType(),
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
        WinogradConvolution fast = winograd.plan(key);
        if (fast != null) {
            fast.forward(x, w, bias, addend, activation == Activation.RELU, y);
        } else {
            primitives(key).forward(x, w, bias, addend, y);
        }
    }

    @Override
    public void convolutionGradients(
            Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        OneDnnConvolution.Key key = new OneDnnConvolution.Key(
                x.dataType(),
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
        WinogradConvolution fast = winograd.plan(key);
        if (gx != null && fast != null) {
            fast.inputGradient(w, gy, gx);
        } else if (gx != null) {
            primitives(key).inputGradient(w, gy, gx);
        }
        if (gw != null && fast != null) {
            fast.weightGradients(x, gy, gw, gb);
        } else if (gw != null) {
            primitives(key).weightGradients(x, gy, gw, gb);
        }
    }

    /** The rows of a matrix as the pixels of one image. */
    private static OneDnnConvolution.Key productKey(
            INDArray x, INDArray y, boolean bias, boolean addend, Activation activation) {
        long in = x.size(-1);
        long rows = x.length() / in;
        return new OneDnnConvolution.Key(
                x.dataType(),
                new Convolution(1, 1, 1, 0),
                1,
                rows,
                1,
                in,
                rows,
                1,
                y.size(-1),
                bias,
                addend,
                activation);
    }

    private OneDnnConvolution primitives(OneDnnConvolution.Key key) {
        return convolutions.computeIfAbsent(key, k -> new OneDnnConvolution(library, k));
    }

    @Override
    public void activation(Activation activation, INDArray x, INDArray y) {
        if (activation != Activation.NONE) {
            elementwise.activation(activation, x, y);
        } else if (x != y) {
            elementwise.cast(x, y);
        }
    }

    @Override
    public void activationGradient(Activation activation, INDArray y, INDArray gy, INDArray gx) {
        if (activation != Activation.NONE) {
            elementwise.activationGradient(activation, y, gy, gx);
        } else if (gx != gy) {
            elementwise.cast(gy, gx);
        }
    }

    @Override
    public void sine(double omega, INDArray x, INDArray y) {
        if (x.dataType() == DataType.BFLOAT16) {
            table(omega).sine(x, y);
        } else {
            SineLoop.sine(omega, x, y);
        }
    }

    @Override
    public void sineGradient(double omega, INDArray x, INDArray gy, INDArray gx) {
        if (x.dataType() == DataType.BFLOAT16) {
            INDArray slopes = scratch.take(x.dataType(), x.shape());
            table(omega).slope(x, slopes);
            elementwise.join(OneDnnElementwise.Operation.PRODUCT, gy, slopes, gx);
            scratch.give(slopes);
        } else {
            SineLoop.gradient(omega, x, gy, gx);
        }
    }

    private SineTable table(double omega) {
        return sines.computeIfAbsent(omega, SineTable::new);
    }

    @Override
    public void combine(double alpha, INDArray x, double beta, INDArray y, INDArray out) {
        if (y == null && alpha == 1) {
            elementwise.cast(x, out);
        } else if (y == null) {
            elementwise.scale(alpha, x, out);
        } else if (alpha == 1 && beta == 1) {
            elementwise.join(OneDnnElementwise.Operation.SUM, x, y, out);
        } else if (y != null && x.dataType() == DataType.FLOAT && x.length() < Integer.MAX_VALUE) {
            CombineLoop.combine((float) alpha, x, (float) beta, y, out);
        } else {
            reference.combine(alpha, x, beta, y, out);
        }
    }

    @Override
    public void multiply(INDArray x, INDArray y, INDArray out) {
        elementwise.join(OneDnnElementwise.Operation.PRODUCT, x, y, out);
    }

    @Override
    public void cast(INDArray x, INDArray y) {
        elementwise.cast(x, y);
    }

    @Override
    public void fill(INDArray x, double value) {
        reference.fill(x, value);
    }

    @Override
    public void readBox(INDArray whole, long[] start, INDArray box) {
        elementwise.readBox(whole, start, box);
    }

    @Override
    public void writeBox(INDArray box, long[] start, INDArray whole) {
        elementwise.writeBox(box, start, whole);
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
    public TransformerKernels transformer() {
        return transformer;
    }

    @Override
    public VolumeKernels volumes() {
        return volumes;
    }

    @Override
    public void close() {
        convolutions.clear();
        winograd.clear();
        elementwise.clear();
        images.clear();
        transformer.clear();
        volumes.clear();
        scratch.close();
        library.clear();
        reference.close();
    }
}
