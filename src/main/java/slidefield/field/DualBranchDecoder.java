package slidefield.field;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Sequential;
import slidefield.nn.Shapes;
import slidefield.nn.Sine;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * The shared decoder (WSI-INR section 2, after CINR): a CNN branch that sees each point's neighbourhood beside a
 * point-wise MLP branch, fused by concatenation after every stage. The CNN branch goes on from the fused features,
 * the MLP branch from its own.
 *
 * <p>1 x H x W x features in, 1 x H x W x (2 width) out.
 *
 * <p>Safe for several threads, each with a tape of its own, while nobody trains it.
 */
public final class DualBranchDecoder extends Module {
    private final List<Module> local = new ArrayList<>();
    private final List<Module> global = new ArrayList<>();

    /**
     * @param init draws the first weights
     * @param features channels of the encoding
     * @param options width, stages and activation
     */
    public DualBranchDecoder(Init init, int features, DecoderOptions options) {
        int width = options.width();
        for (int stage = 0; stage < options.stages(); stage++) {
            int localIn = stage == 0 ? features : 2 * width;
            int globalIn = stage == 0 ? features : width;
            local.add(child("cnn" + stage, localBranch(init, localIn, options, stage == 0)));
            global.add(child("mlp" + stage, globalBranch(init, globalIn, options)));
        }
    }

    /** Two 3 x 3 convolutions. SIREN's bounds for the sine: 1/in for the very first layer, else sqrt(6/in)/omega. */
    private static Module localBranch(Init init, int in, DecoderOptions options, boolean first) {
        int width = options.width();
        if (options.branch() == DecoderOptions.Branch.RELU) {
            return new Sequential(
                    new Conv2d(init, in, width, 3, true, Activation.RELU),
                    new Conv2d(init, width, width, 3, true, Activation.RELU));
        }
        double omega = options.omega();
        double firstBound = first ? 1.0 / in : Math.sqrt(6.0 / in) / omega;
        double nextBound = Math.sqrt(6.0 / width) / omega;
        return new Sequential(
                sineInput(init, firstBound, in, width),
                new Sine(omega),
                sineInput(init, nextBound, width, width),
                new Sine(omega));
    }

    /** A 3 x 3 convolution without bias, weights uniform in a bound. */
    private static Module sineInput(Init init, double bound, int in, int out) {
        return new Conv2d(init.uniform(bound, 3, 3, in, out), null, Convolution.same(3), Activation.NONE);
    }

    /** Three point-wise layers; the last is linear. */
    private static Module globalBranch(Init init, int in, DecoderOptions options) {
        int width = options.width();
        boolean bias = options.branch() == DecoderOptions.Branch.RELU;
        return new Sequential(
                new PointwiseLinear(init, in, width, bias, Activation.RELU),
                new PointwiseLinear(init, width, width, bias, Activation.RELU),
                new PointwiseLinear(init, width, width, bias, Activation.NONE));
    }

    @Override
    public Tensor forward(Tensor features) {
        Tensor fused = features;
        Tensor pointwise = features;
        for (int stage = 0; stage < local.size(); stage++) {
            pointwise = global.get(stage).forward(pointwise);
            fused = Shapes.concat(List.of(local.get(stage).forward(fused), pointwise));
        }
        return fused;
    }
}
