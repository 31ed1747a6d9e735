package slidefield.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;
import slidefield.nn.kernels.ImageKernels;
import slidefield.nn.kernels.Kernels;

/**
 * Convolutions and point-wise matrix products, with bias, residual addend and activation in the same pass. Weights and
 * bias are of the engine's type; the image may be of its image type, and the result and the addend are of the
 * image's.
 */
public final class Convolutions {
    private Convolutions() {}

    /**
     * activation(x * w + bias + addend), where * is the convolution (cross-correlation).
     *
     * @param x N x H x W x I
     * @param w height x width x I x O, of the geometry
     * @param bias O values, or null
     * @param geometry taps, stride, dilation, padding
     * @param addend the shape of the result, added before the activation, or null
     * @param activation applied last
     * @return N x H' x W' x O
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static Tensor convolution(
            Tensor x, Tensor w, Tensor bias, Convolution geometry, Tensor addend, Activation activation) {
        long[] in = x.shape();
        long[] weight = w.shape();
        Shapes.require(in.length == 4, "an image of N x H x W x C", in);
        Shapes.require(
                weight.length == 4
                        && weight[0] == geometry.height()
                        && weight[1] == geometry.width()
                        && weight[2] == in[3],
                "a weight of " + geometry.height() + " x " + geometry.width() + " x " + in[3] + " x O",
                weight);
        long[] out = {in[0], geometry.outputHeight(in[1]), geometry.outputWidth(in[2]), weight[3]};
        requireExtras(x, w, bias, addend, out);
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(x.type(), out);
        kernels.convolution(geometry, x.value(), w.value(), value(bias), value(addend), activation, y);
        tape.countMultiplyAdds(y.length() * weight[0] * weight[1] * weight[2]);
        return tape.node(y, present(x, w, bias, addend), g -> {
            kernels.activationGradient(activation, y, g, g);
            INDArray gx = gradientOf(x);
            INDArray gw = gradientOf(w);
            INDArray gb = gradientOf(bias);
            kernels.convolutionGradients(geometry, x.value(), w.value(), g, gx, gw, gb);
            finish(tape, g, addend, x, gx, w, gw, bias, gb);
        });
    }

    /**
     * activation(x w + bias + addend): a matrix product over the last axis, the same for every pixel.
     *
     * @param x ... x I
     * @param w I x O
     * @param bias O values, or null
     * @param addend the shape of the result, added before the activation, or null
     * @param activation applied last
     * @return ... x O
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static Tensor pointwise(Tensor x, Tensor w, Tensor bias, Tensor addend, Activation activation) {
        long[] in = x.shape();
        long[] weight = w.shape();
        Shapes.require(in.length >= 2, "at least two axes", in);
        Shapes.require(
                weight.length == 2 && weight[0] == in[in.length - 1],
                "a weight of " + in[in.length - 1] + " x O",
                weight);
        long[] out = in.clone();
        out[out.length - 1] = weight[1];
        requireExtras(x, w, bias, addend, out);
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(x.type(), out);
        kernels.product(x.value(), w.value(), value(bias), value(addend), activation, y);
        tape.countMultiplyAdds(y.length() * weight[0]);
        return tape.node(y, present(x, w, bias, addend), g -> {
            kernels.activationGradient(activation, y, g, g);
            INDArray gx = gradientOf(x);
            INDArray gw = gradientOf(w);
            INDArray gb = gradientOf(bias);
            kernels.productGradients(x.value(), w.value(), g, gx, gw, gb);
            finish(tape, g, addend, x, gx, w, gw, bias, gb);
        });
    }

    /**
     * x * w + bias, where * convolves every channel with a filter of its own: the depth-wise half of a depth-wise separable
     * convolution (Chollet 2017); {@link #pointwise} is the other.
     *
     * @param x N x H x W x C
     * @param w height x width x C, of the geometry
     * @param bias C values, or null
     * @param geometry taps, stride, dilation, padding
     * @return N x H' x W' x C
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static Tensor depthwise(Tensor x, Tensor w, Tensor bias, Convolution geometry) {
        long[] in = x.shape();
        Shapes.require(in.length == 4, "an image of N x H x W x C", in);
        long[] weight = {geometry.height(), geometry.width(), in[3]};
        Shapes.require(Arrays.equals(w.shape(), weight), "a weight of " + Shapes.text(weight), w.shape());
        long[] out = {in[0], geometry.outputHeight(in[1]), geometry.outputWidth(in[2]), in[3]};
        requireExtras(x, w, bias, null, out);
        Tape tape = x.tape();
        ImageKernels kernels = tape.kernels().images();
        INDArray y = tape.allocate(x.type(), out);
        kernels.depthwise(geometry, x.value(), w.value(), value(bias), y);
        tape.countMultiplyAdds(y.length() * geometry.taps());
        return tape.node(y, present(x, w, bias), g -> {
            INDArray gx = gradientOf(x);
            INDArray gw = gradientOf(w);
            INDArray gb = gradientOf(bias);
            kernels.depthwiseGradients(geometry, x.value(), w.value(), g, gx, gw, gb);
            finish(tape, g, null, x, gx, w, gw, bias, gb);
        });
    }

    /**
     * activation(the transposed convolution of x with w + bias) where the kernel is the stride: pixel (i, j) becomes the
     * square of {@code stride x stride} pixels at (stride i, stride j), each a matrix product of its own. So all
     * of them are one product over the channels, whose results are then put in their places.
     *
     * @param x N x H x W x I
     * @param w stride x stride x I x O
     * @param bias O values, or null
     * @param stride side of the square that a pixel becomes
     * @param activation applied last
     * @return N x (stride H) x (stride W) x O
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static Tensor transposed(Tensor x, Tensor w, Tensor bias, int stride, Activation activation) {
        long[] in = x.shape();
        long[] weight = w.shape();
        Shapes.require(in.length == 4, "an image of N x H x W x C", in);
        Shapes.require(
                weight.length == 4 && weight[0] == stride && weight[1] == stride && weight[2] == in[3],
                "a weight of " + stride + " x " + stride + " x " + in[3] + " x O",
                weight);
        requireExtras(x, w, bias, null, new long[] {in[0], in[1] * stride, in[2] * stride, weight[3]});
        return new TransposedConvolution(x, w, bias, stride, activation).result();
    }

    /** Hands all gradients on; that of the sum before the activation goes to the addend, or back to the arena. */
    static void finish(
            Tape tape,
            INDArray g,
            Tensor addend,
            Tensor x,
            INDArray gx,
            Tensor w,
            INDArray gw,
            Tensor bias,
            INDArray gb) {
        if (addend != null) {
            addend.accumulate(g);
        } else {
            tape.recycle(g);
        }
        accumulate(x, gx);
        accumulate(w, gw);
        accumulate(bias, gb);
    }

    /** Hands a gradient on, if there is one. */
    static void accumulate(Tensor tensor, INDArray gradient) {
        if (gradient != null) {
            tensor.accumulate(gradient);
        }
    }

    /** Room for a tensor's gradient, or null where none is wanted. */
    static INDArray gradientOf(Tensor tensor) {
        return tensor != null && tensor.needsGradient() ? tensor.tape().allocate(tensor.type(), tensor.shape()) : null;
    }

    /** A tensor's values, or null. */
    static INDArray value(Tensor tensor) {
        return tensor == null ? null : tensor.value();
    }

    /** Those that are not null. */
    static List<Tensor> present(Tensor... tensors) {
        List<Tensor> present = new ArrayList<>();
        for (Tensor tensor : tensors) {
            if (tensor != null) {
                present.add(tensor);
            }
        }
        return present;
    }

    static void requireExtras(Tensor x, Tensor w, Tensor bias, Tensor addend, long[] out) {
        Arithmetic.requireType(x.tape().engine().type(), w);
        long channels = out[out.length - 1];
        if (bias != null) {
            Shapes.require(
                    Arrays.equals(bias.shape(), new long[] {channels}), "a bias of [" + channels + "]", bias.shape());
            Arithmetic.requireType(x.tape().engine().type(), bias);
        }
        if (addend != null) {
            Shapes.require(Arrays.equals(addend.shape(), out), "an addend of " + Shapes.text(out), addend.shape());
            Arithmetic.requireType(x.type(), addend);
        }
    }
}
