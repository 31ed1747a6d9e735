package slidefield.nn.kernels;

/**
 * An element-wise function that a convolution or matrix product can apply to its result in the same pass. Only
 * functions whose derivative follows from their own output are here, so nothing but the output has to be kept.
 */
public enum Activation {
    /** y = x. */
    NONE,
    /** y = max(x, 0); derivative 1 where y &gt; 0, else 0. */
    RELU,
    /** y = 1 / (1 + exp(-x)); derivative y (1 - y). */
    SIGMOID,
    /** y = x where x &gt; 0, else 0.2 x; derivative 1 where y &gt; 0, else 0.2. */
    LEAKY_RELU_02(0.2),
    /** y = x where x &gt; 0, else 0.3 x (Keras' default slope); derivative 1 where y &gt; 0, else 0.3. */
    LEAKY_RELU_03(0.3),
    /** y = tanh(x); derivative 1 - y<sup>2</sup>. */
    TANH;

    private final double slope;

    Activation() {
        this(0);
    }

    Activation(double slope) {
        this.slope = slope;
    }

    /** What values below 0 are multiplied by, where the function is a leaky ReLU; otherwise 0. */
    double slope() {
        return slope;
    }
}
