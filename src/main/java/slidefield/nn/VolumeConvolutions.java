package slidefield.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Kernels;
import slidefield.nn.kernels.VolumeConvolution;

/**
 * Convolutions of volumes, with bias, residual addend and activation in the same pass, as {@link Convolutions} has them for
 * images. Those of one tap are {@link Convolutions#pointwise}.
 */
public final class VolumeConvolutions {
    private VolumeConvolutions() {}

    /**
     * activation(x * w + bias + addend), where * is the convolution (cross-correlation).
     *
     * @param x N x D x H x W x I
     * @param w depth x height x width x I x O, of the geometry
     * @param bias O values, or null
     * @param geometry taps, stride, dilation, padding
     * @param addend the shape of the result, added before the activation, or null
     * @param activation applied last
     * @return N x D' x H' x W' x O
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static Tensor convolution(
            Tensor x, Tensor w, Tensor bias, VolumeConvolution geometry, Tensor addend, Activation activation) {
        long[] in = x.shape();
        long[] weight = w.shape();
        Shapes.requireVolume(in);
        Shapes.require(
                weight.length == 5
                        && weight[0] == geometry.depth()
                        && weight[1] == geometry.plane().height()
                        && weight[2] == geometry.plane().width()
                        && weight[3] == in[4],
                "a weight of " + geometry.depth() + " x " + geometry.plane().height() + " x "
                        + geometry.plane().width() + " x " + in[4] + " x O",
                weight);
        long[] out = {
            in[0],
            geometry.outputDepth(in[1]),
            geometry.plane().outputHeight(in[2]),
            geometry.plane().outputWidth(in[3]),
            weight[4]
        };
        Convolutions.requireExtras(x, w, bias, addend, out);
        Tape tape = x.tape();
        Kernels kernels = tape.kernels();
        INDArray y = tape.allocate(x.type(), out);
        INDArray b = Convolutions.value(bias);
        kernels.volumes().convolution(geometry, x.value(), w.value(), b, Convolutions.value(addend), activation, y);
        return tape.node(y, Convolutions.present(x, w, bias, addend), g -> {
            kernels.activationGradient(activation, y, g, g);
            INDArray gx = Convolutions.gradientOf(x);
            INDArray gw = Convolutions.gradientOf(w);
            INDArray gb = Convolutions.gradientOf(bias);
            kernels.volumes().convolutionGradients(geometry, x.value(), w.value(), g, gx, gw, gb);
            Convolutions.finish(tape, g, addend, x, gx, w, gw, bias, gb);
        });
    }
}
