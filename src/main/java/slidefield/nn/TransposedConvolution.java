package slidefield.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Kernels;

/**
 * One transposed convolution whose kernel is its stride s, on its tape: with the weights as an I x (s s O) matrix, a
 * product gives each pixel's whole square, and exchanging two axes, (N H) x W x s x (s O) to (N H) x s x W x (s O), puts
 * the squares' lines side by side.
 */
final class TransposedConvolution {
    private final Tape tape;
    private final Kernels kernels;
    private final Tensor x;
    private final Tensor w;
    private final Tensor bias;
    private final Activation activation;
    private final long stride;
    private final long taps;
    private final long in;
    private final long out;
    private final INDArray matrix;
    private INDArray y;

    /** Of shapes that have been checked; the bias may be null. */
    TransposedConvolution(Tensor x, Tensor w, Tensor bias, int stride, Activation activation) {
        this.tape = x.tape();
        this.kernels = tape.kernels();
        this.x = x;
        this.w = w;
        this.bias = bias;
        this.activation = activation;
        this.stride = stride;
        this.taps = (long) stride * stride;
        this.in = w.size(2);
        this.out = w.size(3);
        this.matrix = tape.allocate(in, taps * out);
    }

    Tensor result() {
        kernels.images().exchange(w.value().reshape('c', 1, taps, in, out), matrix.reshape('c', 1, in, taps, out));
        INDArray squares = tape.allocate(x.type(), x.size(0), x.size(1), x.size(2), taps * out);
        INDArray biases = bias == null ? null : repeatedBias();
        kernels.product(x.value(), matrix, biases, null, activation, squares);
        tape.countMultiplyAdds(squares.length() * in);
        if (biases != null) {
            tape.recycle(biases);
        }
        y = tape.allocate(x.type(), x.size(0), x.size(1) * stride, x.size(2) * stride, out);
        kernels.images().exchange(squares(squares), lines(y));
        tape.recycle(squares);
        return tape.node(y, Convolutions.present(x, w, bias), this::backward);
    }

    /** The bias once per tap: a column of ones times the bias as a row. */
    private INDArray repeatedBias() {
        INDArray ones = ones();
        INDArray repeated = tape.allocate(taps * out);
        kernels.product(
                ones, bias.value().reshape('c', 1, out), null, null, Activation.NONE, repeated.reshape('c', taps, out));
        tape.recycle(ones);
        return repeated;
    }

    private INDArray ones() {
        INDArray ones = tape.allocate(taps, 1);
        kernels.fill(ones, 1);
        return ones;
    }

    private void backward(INDArray g) {
        kernels.activationGradient(activation, y, g, g);
        INDArray squares = tape.allocate(x.type(), x.size(0), x.size(1), x.size(2), taps * out);
        kernels.images().exchange(lines(g), squares(squares));
        tape.recycle(g);
        INDArray gx = Convolutions.gradientOf(x);
        INDArray gm = w.needsGradient() ? tape.allocate(in, taps * out) : null;
        INDArray gbs = bias != null && bias.needsGradient() ? tape.allocate(taps * out) : null;
        kernels.productGradients(x.value(), matrix, squares, gx, gm, gbs);
        tape.recycle(squares);
        Convolutions.accumulate(x, gx);
        if (gm != null) {
            INDArray gw = Convolutions.gradientOf(w);
            kernels.images().exchange(gm.reshape('c', 1, in, taps, out), gw.reshape('c', 1, taps, in, out));
            tape.recycle(gm);
            w.accumulate(gw);
        }
        if (gbs != null) {
            bias.accumulate(biasGradient(gbs));
        }
        tape.recycle(matrix);
    }

    /** The transpose of {@link #repeatedBias}. */
    private INDArray biasGradient(INDArray repeated) {
        INDArray ones = ones();
        INDArray gb = Convolutions.gradientOf(bias);
        INDArray row = gb.reshape('c', 1, out);
        kernels.productGradients(ones, row, repeated.reshape('c', taps, out), null, row, null);
        tape.recycle(ones);
        tape.recycle(repeated);
        return gb;
    }

    /** Squares of pixels as the product gives them: (N H) x W x s x (s O). */
    private INDArray squares(INDArray values) {
        return values.reshape('c', x.size(0) * x.size(1), x.size(2), stride, stride * out);
    }

    /** The same as lines of an image: (N H) x s x W x (s O). */
    private INDArray lines(INDArray image) {
        return image.reshape('c', x.size(0) * x.size(1), stride, x.size(2), stride * out);
    }
}
