package slidefield.swipe.volume;

import java.util.List;
import slidefield.nn.Activations;
import slidefield.nn.Arithmetic;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.VolumeConvolution;

/**
 * SwIPE's lighter receptive field block (section 2.1, "RFB-L") in three dimensions: three branches of convolutions of k taps
 * along one axis after the other and a dilated one, joined and added to a shortcut. Nothing inside has an activation, only
 * the sum. N x D x H x W x I to N x D x H x W x O.
 */
final class VolumeRfbLite extends Module {
    private final Sequential near;
    private final Sequential middle;
    private final Sequential far;
    private final NormalisedConv3d join;
    private final NormalisedConv3d shortcut;

    /**
     * @param init source of the initial values
     * @param in channels I
     * @param out channels O, of every branch too
     */
    VolumeRfbLite(Init init, int in, int out) {
        VolumeConvolution one = VolumeConvolution.same(1);
        near = child("near", new Sequential(linear(init, in, out, one)));
        middle = child("middle", branch(init, in, out, 3));
        far = child("far", branch(init, in, out, 5));
        join = child("join", linear(init, 3 * out, out, VolumeConvolution.same(3)));
        shortcut = child("shortcut", linear(init, in, out, one));
    }

    private static Sequential branch(Init init, int in, int out, int taps) {
        return new Sequential(
                linear(init, in, out, VolumeConvolution.same(1)),
                linear(init, out, out, VolumeConvolution.same(1, 1, taps, 1)),
                linear(init, out, out, VolumeConvolution.same(1, taps, 1, 1)),
                linear(init, out, out, VolumeConvolution.same(taps, 1, 1, 1)),
                linear(init, out, out, VolumeConvolution.same(3, 3, 3, taps)));
    }

    private static NormalisedConv3d linear(Init init, int in, int out, VolumeConvolution geometry) {
        return new NormalisedConv3d(init, in, out, geometry, Activation.NONE);
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor branches = Shapes.concat(List.of(near.forward(x), middle.forward(x), far.forward(x)));
        return Activations.relu(Arithmetic.add(join.forward(branches), shortcut.forward(x)));
    }
}
