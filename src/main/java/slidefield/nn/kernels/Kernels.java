package slidefield.nn.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of networks, on arrays that the caller provides. All arrays are row-major ('c' order) and dense;
 * images are N x H x W x C; outputs are overwritten whatever they held. An output may be the same array as an input
 * only where the method says so. Implementations keep scratch memory, so one object serves one thread at a time.
 * Methods that give several gradients skip those whose array is null.
 *
 * <p>Weights, biases and their gradients are of {@link #type()}. All other arrays of one call are of one type, that
 * one or another that {@link #computes(DataType)} accepts. Sums and products are formed in float32 at least, and
 * rounded to the type of the array that they are written to; weights are rounded to the type of the image that they
 * meet.
 */
public interface Kernels extends AutoCloseable {
    /** @return a short name for logs and reports, such as "nd4j" */
    String name();

    /** @return the type of weights, biases and their gradients, and of any other array if no other is wanted */
    DataType type();

    /**
     * @param type of images, rows and their gradients
     * @return whether such arrays are read and written here, and fast: bf16 without a processor that knows it is not
     */
    default boolean computes(DataType type) {
        return type == type();
    }

    /** @return the arithmetic of image layers beside convolutions, with the same scratch memory and of the same types */
    ImageKernels images();

    /**
     * y = activation(x * w + bias + addend), where * is the convolution.
     *
     * @param geometry taps, stride, dilation, padding
     * @param x N x H x W x I
     * @param w kernel x kernel x I x O
     * @param bias O values, or null
     * @param addend the shape of y, added before the activation (a residual connection), or null
     * @param activation applied last
     * @param y N x H' x W' x O, sizes from {@link Convolution#outputSize}
     */
    void convolution(
            Convolution geometry,
            INDArray x,
            INDArray w,
            INDArray bias,
            INDArray addend,
            Activation activation,
            INDArray y);

    /**
     * The gradients of {@code x * w + bias} (no addend, no activation).
     *
     * @param geometry as in the forward pass
     * @param x N x H x W x I, as in the forward pass
     * @param w kernel x kernel x I x O, as in the forward pass
     * @param gy gradient of the result, N x H' x W' x O
     * @param gx receives the gradient of x, or null
     * @param gw receives the gradient of w, or null
     * @param gb receives the gradient of the bias, O values, or null
     */
    void convolutionGradients(
            Convolution geometry, INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb);

    /**
     * y = activation(x w + bias + addend): a matrix product over the last axis of x, all others being rows.
     *
     * @param x ... x I
     * @param w I x O
     * @param bias O values, or null
     * @param addend the shape of y, or null
     * @param activation applied last
     * @param y ... x O
     */
    void product(INDArray x, INDArray w, INDArray bias, INDArray addend, Activation activation, INDArray y);

    /**
     * The gradients of {@code x w + bias} (no addend, no activation).
     *
     * @param x ... x I, as in the forward pass
     * @param w I x O, as in the forward pass
     * @param gy gradient of the result, ... x O
     * @param gx receives the gradient of x, or null
     * @param gw receives the gradient of w, or null
     * @param gb receives the gradient of the bias, O values, or null
     */
    void productGradients(INDArray x, INDArray w, INDArray gy, INDArray gx, INDArray gw, INDArray gb);

    /**
     * y = activation(x), element-wise; y may be x.
     *
     * @param activation the function
     * @param x any shape
     * @param y the shape of x
     */
    void activation(Activation activation, INDArray x, INDArray y);

    /**
     * gx = gy times the derivative, which follows from the output y; gx may be gy.
     *
     * @param activation the function
     * @param y what {@link #activation} gave
     * @param gy gradient of y
     * @param gx receives the gradient of x
     */
    void activationGradient(Activation activation, INDArray y, INDArray gy, INDArray gx);

    /**
     * y = sin(omega x), element-wise (SIREN); y may be x.
     *
     * @param omega frequency factor
     * @param x any shape
     * @param y the shape of x
     */
    void sine(double omega, INDArray x, INDArray y);

    /**
     * gx = gy omega cos(omega x); gx may be gy.
     *
     * @param omega frequency factor
     * @param x as in the forward pass
     * @param gy gradient of y
     * @param gx receives the gradient of x
     */
    void sineGradient(double omega, INDArray x, INDArray gy, INDArray gx);

    /**
     * out = alpha x + beta y, element-wise; out may be x, and may be y.
     *
     * @param alpha factor of x
     * @param x any shape
     * @param beta factor of y
     * @param y the shape of x, or null for out = alpha x
     * @param out the shape of x
     */
    void combine(double alpha, INDArray x, double beta, INDArray y, INDArray out);

    /**
     * out = x y, element-wise; out may be x or y.
     *
     * @param x any shape
     * @param y the shape of x
     * @param out the shape of x
     */
    void multiply(INDArray x, INDArray y, INDArray out);

    /**
     * y = x, rounded to the nearest value of y's type (to even where two are as near).
     *
     * @param x any shape, of any type that is computed
     * @param y the shape of x, of any type that is computed
     */
    void cast(INDArray x, INDArray y);

    /**
     * @param x receives the value in every element
     * @param value the value
     */
    void fill(INDArray x, double value);

    /**
     * Copies a box out of an array.
     *
     * @param whole any shape
     * @param start first index of the box on each axis
     * @param box receives the values; its shape is the size of the box, and of the same rank
     */
    void readBox(INDArray whole, long[] start, INDArray box);

    /**
     * Copies a box into an array; the rest of the array stays as it is.
     *
     * @param box the values
     * @param start first index of the box on each axis
     * @param whole receives them
     */
    void writeBox(INDArray box, long[] start, INDArray whole);

    /**
     * @param x any shape
     * @return the sum of all elements
     */
    double sum(INDArray x);

    /**
     * @param x any shape
     * @param y the shape of x
     * @return the sum of all products x y
     */
    double dot(INDArray x, INDArray y);

    /**
     * Binary cross-entropy from logits, summed over all elements, without overflow for any finite logit:
     * max(x, 0) - x t + log(1 + exp(-|x|)).
     *
     * @param logits any shape
     * @param target the shape of the logits, in [0, 1]
     * @param gradient receives sigmoid(logits) - target, the gradient of the sum, or null
     * @return the sum
     */
    double binaryCrossEntropy(INDArray logits, INDArray target, INDArray gradient);

    /** @return the arithmetic of vision transformers, on the same arrays */
    TransformerKernels transformer();

    /** @return the arithmetic of convolutions of volumes, with the same scratch memory and of the same types */
    VolumeKernels volumes();

    /** Gives the scratch memory back; the kernels can be used again afterwards. */
    @Override
    void close();
}
