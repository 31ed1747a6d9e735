package slidefield.patch;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.GroupNorm;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Pooling;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.StandardisedConv2d;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * The convolutional half of TransUNet (Chen et al. 2021, "R50"): a 7 x 7 convolution, a pooling and three stages of
 * {@link Bottleneck}s. N x S x S x 3 to N x S/16 x S/16 x 16 W.
 */
final class HybridResNet extends Module {
    private static final double EPSILON = 1e-6;
    /** Channels that a bottleneck puts out for each of its inner ones. */
    private static final int EXPANSION = 4;

    private final StandardisedConv2d root;
    private final GroupNorm rootNorm;
    private final List<Sequential> stages = new ArrayList<>();

    /**
     * What the network sees, from fine to coarse.
     *
     * @param half N x S/2 x S/2 x W
     * @param quarter N x S/4 x S/4 x 4 W, its last line and column 0
     * @param eighth N x S/8 x S/8 x 8 W
     * @param sixteenth N x S/16 x S/16 x 16 W
     */
    record Features(Tensor half, Tensor quarter, Tensor eighth, Tensor sixteenth) {}

    /**
     * @param init source of the initial values
     * @param options W, units and groups
     */
    HybridResNet(Init init, TransUNetOptions options) {
        int width = options.width();
        root = child("root", new StandardisedConv2d(init, 3, width, new Convolution(7, 2, 1, 3)));
        rootNorm = child("root_norm", new GroupNorm(init, options.groups(), width, EPSILON, Activation.RELU));
        int in = width;
        for (int stage = 0; stage < options.units().size(); stage++) {
            int inner = width << stage;
            int out = EXPANSION * inner;
            List<Bottleneck> units = new ArrayList<>();
            for (int unit = 0; unit < options.units().get(stage); unit++) {
                int stride = stage > 0 && unit == 0 ? 2 : 1;
                units.add(new Bottleneck(init, in, inner, out, stride, options.groups()));
                in = out;
            }
            stages.add(child("stage" + (stage + 1), new Sequential(units)));
        }
    }

    /** The coarsest features alone. */
    @Override
    public Tensor forward(Tensor x) {
        return features(x).sixteenth();
    }

    /**
     * @param x N x S x S x 3, S a multiple of 16
     * @return all features
     */
    Features features(Tensor x) {
        Tensor half = rootNorm.forward(root.forward(x));
        // without padding the pooled image is one pixel short, as in the authors' code; only the skip is filled up
        Tensor first = stages.get(0).forward(Pooling.max(half, 3, 2, 0));
        Tensor quarter = Shapes.extend(first, x.size(1) / 4, x.size(2) / 4);
        Tensor eighth = stages.get(1).forward(first);
        return new Features(half, quarter, eighth, stages.get(2).forward(eighth));
    }
}
