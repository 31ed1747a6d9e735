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
    SIGMOID
}
