package slidefield.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Kernels;

/** Element-wise functions. */
public final class Activations {
    private Activations() {}

    /**
     * @param x any shape
     * @return max(x, 0)
     */
    public static Tensor relu(Tensor x) {
        return apply(x, Activation.RELU);
    }

    /**
     * @param x any shape
     * @return 1 / (1 + exp(-x))
     */
    public static Tensor sigmoid(Tensor x) {
        return apply(x, Activation.SIGMOID);
    }

    /**
     * @param x any shape
     * @param activation which function
     * @return the function of every value
     */
    public static Tensor apply(Tensor x, Activation activation) {
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(x.type(), x.shape());
        kernels.activation(activation, x.value(), y);
        return tape.node(y, List.of(x), g -> {
            kernels.activationGradient(activation, y, g, g);
            x.accumulate(g);
        });
    }

    /**
     * SIREN's activation (Sitzmann et al. 2020, eq. 1).
     *
     * @param x any shape
     * @param omega frequency factor, 30 in the paper
     * @return sin(omega x)
     */
    public static Tensor sine(Tensor x, double omega) {
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(x.type(), x.shape());
        kernels.sine(omega, x.value(), y);
        return tape.node(y, List.of(x), g -> {
            kernels.sineGradient(omega, x.value(), g, g);
            x.accumulate(g);
        });
    }

    /**
     * The Gaussian error linear unit (Hendrycks and Gimpel 2016), exactly.
     *
     * @param x any shape
     * @return x (1 + erf(x / sqrt 2)) / 2
     */
    public static Tensor gelu(Tensor x) {
        Tape tape = x.tape();
        Tensor in = Arithmetic.cast(x, tape.engine().type());
        INDArray y = tape.allocate(x.shape());
        tape.kernels().transformer().gelu(in.value(), y);
        Tensor out = tape.node(y, List.of(in), g -> {
            tape.kernels().transformer().geluGradient(in.value(), g, g);
            in.accumulate(g);
        });
        return Arithmetic.cast(out, x.type());
    }

    /**
     * @param x ... x C
     * @return exp(x) over its sum along the last axis
     */
    public static Tensor softmax(Tensor x) {
        Tape tape = x.tape();
        Tensor in = Arithmetic.cast(x, tape.engine().type());
        INDArray y = tape.allocate(x.shape());
        tape.kernels().transformer().softmax(in.value(), y);
        Tensor out = tape.node(y, List.of(in), g -> {
            tape.kernels().transformer().softmaxGradient(y, g, g);
            in.accumulate(g);
        });
        return Arithmetic.cast(out, x.type());
    }
}
