package slidefield.nn.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sin;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The readable reference: ND4J operations only, so it runs on every ND4J backend, in FLOAT or DOUBLE. */
public final class Nd4jKernels implements Kernels {
    private final DataType type;
    private final ArrayPool scratch;
    private final Products products;
    private final ShiftedConvolution convolution;
    private final ImageKernels images;
    private final TransformerKernels transformer;
    private final VolumeKernels volumes;

    /**
     * @param type FLOAT or DOUBLE
     * @throws IllegalArgumentException for any other type
     */
    public Nd4jKernels(DataType type) {
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("kernels work in FLOAT or DOUBLE, not in " + type);
        }
        Nd4jRuntime.prepare();
        this.type = type;
        this.scratch = new ArrayPool(type);
        this.products = new Products(type);
        this.convolution = new ShiftedConvolution(scratch, products);
        this.images = new Nd4jImageKernels(type, scratch, products);
        this.transformer = new Nd4jTransformer(this, scratch, products);
        this.volumes = new Nd4jVolumeKernels(this, scratch);
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public DataType type() {
        return type;
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
        convolution.forward(geometry, x, w, y);
        finish(bias, addend, activation, y);
    }

    @Override
    public void convolutionGradients(
            Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        if (gx != null || gw != null) {
            convolution.gradients(geometry, x, w, gy, gx, gw);
        }
        if (gb != null) {
            products.columnSums(rows(gy), gb);
        }
    }

    @Override
    public void product(INDArray x, INDArray w, INDArray bias, INDArray addend, Activation activation, INDArray y) {
        products.multiply(rows(x), w, 0, rows(y));
        finish(bias, addend, activation, y);
    }

    @Override
    public void productGradients(INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        if (gx != null) {
            products.multiplyTransposed(rows(gy), w, 0, rows(gx));
        }
        if (gw != null) {
            products.transposedMultiply(rows(x), rows(gy), gw);
        }
        if (gb != null) {
            products.columnSums(rows(gy), gb);
        }
    }

    /** What follows the product of a layer: y = activation(y + bias + addend). */
    void finish(INDArray bias, INDArray addend, Activation activation, INDArray y) {
        if (bias != null) {
            INDArray rows = rows(y);
            // addiRowVector would take a bias of one value for a number, and NaN as a number for 0.00001
            Nd4j.getExecutioner().exec(new BroadcastAddOp(rows, bias, rows, 1));
        }
        if (addend != null) {
            y.addi(addend);
        }
        activation(activation, y, y);
    }

    @Override
    public void activation(Activation activation, INDArray x, INDArray y) {
        switch (activation) {
            case RELU -> Nd4j.getExecutioner().exec(new RectifiedLinear(x, y, 0));
            case SIGMOID -> Nd4j.getExecutioner().exec(new Sigmoid(x, y));
            case TANH -> Nd4j.getExecutioner().exec(new Tanh(x, y));
            case LEAKY_RELU_02, LEAKY_RELU_03 -> Nd4j.getExecutioner().exec(new LeakyReLU(x, y, activation.slope()));
            case NONE -> {
                if (x != y) {
                    y.assign(x);
                }
            }
        }
    }

    @Override
    public void activationGradient(Activation activation, INDArray y, INDArray gy, INDArray gx) {
        if (activation == Activation.NONE) {
            activation(Activation.NONE, gy, gx);
            return;
        }
        INDArray slope = scratch.take(y.shape());
        switch (activation) {
            case SIGMOID -> {
                y.rsubi(1, slope);
                slope.muli(y);
            }
            case TANH -> {
                y.muli(y, slope);
                slope.rsubi(1);
            }
            default -> {
                Nd4j.getExecutioner().exec(new Step(y, slope, 0));
                slope.muli(1 - activation.slope()).addi(activation.slope());
            }
        }
        gy.muli(slope, gx);
        scratch.give(slope);
    }

    @Override
    public void sine(double omega, INDArray x, INDArray y) {
        x.muli(omega, y);
        Nd4j.getExecutioner().exec(new Sin(y, y));
    }

    @Override
    public void sineGradient(double omega, INDArray x, INDArray gy, INDArray gx) {
        INDArray slope = scratch.take(x.shape());
        x.muli(omega, slope);
        Nd4j.getExecutioner().exec(new Cos(slope, slope));
        slope.muli(omega);
        gy.muli(slope, gx);
        scratch.give(slope);
    }

    @Override
    public void combine(double alpha, INDArray x, double beta, INDArray y, INDArray out) {
        if (y == null) {
            x.muli(alpha, out);
        } else if (alpha == 1 && beta == 1) {
            x.addi(y, out);
        } else if (alpha == 1 && beta == -1) {
            x.subi(y, out);
        } else {
            INDArray scaled = scratch.take(y.shape());
            y.muli(beta, scaled);
            x.muli(alpha, out);
            out.addi(scaled);
            scratch.give(scaled);
        }
    }

    @Override
    public void multiply(INDArray x, INDArray y, INDArray out) {
        x.muli(y, out);
    }

    @Override
    public void cast(INDArray x, INDArray y) {
        y.assign(x);
    }

    @Override
    public void fill(INDArray x, double value) {
        x.assign(value);
    }

    @Override
    public void readBox(INDArray whole, long[] start, INDArray box) {
        box.assign(view(whole, start, box.shape()));
    }

    @Override
    public void writeBox(INDArray box, long[] start, INDArray whole) {
        view(whole, start, box.shape()).assign(box);
    }

    @Override
    public double sum(INDArray x) {
        return products.sum(flat(x));
    }

    @Override
    public double dot(INDArray x, INDArray y) {
        return products.dot(flat(x), flat(y));
    }

    @Override
    public double binaryCrossEntropy(INDArray logits, INDArray target, INDArray gradient) {
        INDArray term = scratch.take(logits.shape());
        logits.muli(target, term);
        double sum = -sum(term);
        activation(Activation.RELU, logits, term);
        sum += sum(term);
        Nd4j.getExecutioner().exec(new Abs(logits, term));
        term.negi();
        Nd4j.getExecutioner().exec(new Exp(term, term));
        Nd4j.getExecutioner().exec(new Log1p(term, term));
        sum += sum(term);
        scratch.give(term);
        if (gradient != null) {
            activation(Activation.SIGMOID, logits, gradient);
            gradient.subi(target);
        }
        return sum;
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
        scratch.close();
        products.close();
    }

    /** A view of the array as a matrix: all axes but the last are rows. */
    static INDArray rows(INDArray x) {
        long columns = x.size(-1);
        return x.reshape('c', x.length() / columns, columns);
    }

    private static INDArray flat(INDArray x) {
        return x.reshape('c', new long[] {x.length()});
    }

    private static INDArray view(INDArray whole, long[] start, long[] size) {
        INDArrayIndex[] index = new INDArrayIndex[size.length];
        for (int axis = 0; axis < size.length; axis++) {
            index[axis] = NDArrayIndex.interval(start[axis], start[axis] + size[axis]);
        }
        return whole.get(index);
    }
}
