package slidefield.swipe;

import java.util.List;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * SwIPE's lighter receptive field block (section 2.1, "RFB-L"; after Liu et al. 2018): three branches that look one, about
 * nine and about fifteen pixels far, by 1 x k, k x 1 and dilated convolutions instead of wide ones, joined and added to a
 * 1 x 1 shortcut. Nothing inside has an activation, only the sum. N x H x W x I to N x H x W x O.
 */
final class RfbLite extends Module {
    private final Sequential near;
    private final Sequential middle;
    private final Sequential far;
    private final NormalisedConvolution join;
    private final NormalisedConvolution shortcut;

    /**
     * @param init source of the initial values
     * @param in channels I
     * @param out channels O, of every branch too
     */
    RfbLite(Init init, int in, int out) {
        near = child("near", new Sequential(linear(init, in, out, 1, 1, 1)));
        middle = child("middle", branch(init, in, out, 3));
        far = child("far", branch(init, in, out, 5));
        join = child("join", linear(init, 3 * out, out, 3, 3, 1));
        shortcut = child("shortcut", linear(init, in, out, 1, 1, 1));
    }

    private static Sequential branch(Init init, int in, int out, int taps) {
        return new Sequential(
                linear(init, in, out, 1, 1, 1),
                linear(init, out, out, 1, taps, 1),
                linear(init, out, out, taps, 1, 1),
                linear(init, out, out, 3, 3, taps));
    }

    private static NormalisedConvolution linear(Init init, int in, int out, int height, int width, int dilation) {
        return new NormalisedConvolution(init, in, out, Convolution.same(height, width, dilation), Activation.NONE);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor branches = Shapes.concat(List.of(near.forward(x), middle.forward(x), far.forward(x)));
        return Activations.relu(Arithmetic.add(join.forward(branches), shortcut.forward(x)));
    }
}
