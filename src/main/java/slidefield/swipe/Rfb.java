package slidefield.swipe;

import java.util.ArrayList;
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
 * The receptive field block (RFB; Liu et al. 2018) as PraNet has it: branches that look one, about nine, fifteen and
 * twenty-one pixels far, by 1 x k, k x 1 and dilated convolutions instead of wide ones, joined and added to a 1 x 1 shortcut.
 * Nothing inside has an activation, only the sum. N x H x W x I to N x H x W x O.
 */
class Rfb extends Module {
    private static final List<String> BRANCHES = List.of("near", "middle", "far", "farthest");

    private final List<Sequential> branches = new ArrayList<>();
    private final NormalisedConvolution join;
    private final NormalisedConvolution shortcut;

    /**
     * With all four branches.
     *
     * @param init source of the initial values
     * @param in channels I
     * @param out channels O, of every branch too
     */
    Rfb(Init init, int in, int out) {
        this(init, in, out, BRANCHES.size());
    }

    /**
     * @param init source of the initial values
     * @param in channels I
     * @param out channels O, of every branch too
     * @param count branches, the nearest first
     */
    Rfb(Init init, int in, int out, int count) {
        for (int k = 0; k < count; k++) {
            branches.add(child(BRANCHES.get(k), branch(init, in, out, 2 * k + 1)));
        }
        join = child("join", linear(init, count * out, out, 3, 3, 1));
        shortcut = child("shortcut", linear(init, in, out, 1, 1, 1));
    }

    private static Sequential branch(Init init, int in, int out, int taps) {
        if (taps == 1) {
            return new Sequential(linear(init, in, out, 1, 1, 1));
        }
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
        List<Tensor> seen = new ArrayList<>();
        branches.forEach(branch -> seen.add(branch.forward(x)));
        return Activations.relu(Arithmetic.add(join.forward(Shapes.concat(seen)), shortcut.forward(x)));
    }
}
