package slidefield.nic;

import slidefield.nn.ActivationLayer;
import slidefield.nn.BatchNorm;
import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Sequential;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * What the encoders and decoders of Neural Image Compression are made of (Tellez et al. 2019, appendix): a layer with a bias,
 * batch normalisation, leaky ReLU. Choices of ours where the paper is silent: the slope 0.2, which the authors' published
 * encoder has; epsilon 1e-3 as in Keras; a tenth of a new batch in the running statistics.
 */
final class Layers {
    /** The leaky ReLU of all layers. */
    static final Activation LEAKY = Activation.LEAKY_RELU_02;

    private static final double EPSILON = 1e-3;
    private static final double MOMENTUM = 0.1;

    /** 3 x 3 pixels, stride 2; zeros on all four sides, where Keras' 'same' has them right and below only. */
    static final Convolution HALVING = new Convolution(3, 2, 1, 1);

    private Layers() {}

    /** A convolution of stride 2 with what follows it: N x H x W x in to N x ceil(H / 2) x ceil(W / 2) x out. */
    static Sequential halving(Init init, int in, int out) {
        return block(init, new Conv2d(init, in, out, HALVING, true, Activation.NONE), out);
    }

    /** A convolution of stride 1 with what follows it: N x H x W x in to N x H x W x out. */
    static Sequential convolution(Init init, int in, int out) {
        return block(init, new Conv2d(init, in, out, 3, true, Activation.NONE), out);
    }

    /** A linear layer with what follows it: N x in to N x out. */
    static Sequential dense(Init init, int in, int out) {
        return block(init, linear(init, in, out), out);
    }

    /** A linear layer: N x in to N x out. */
    static PointwiseLinear linear(Init init, int in, int out) {
        return new PointwiseLinear(init, in, out, true, Activation.NONE);
    }

    private static Sequential block(Init init, Module layer, int out) {
        return new Sequential(layer, new BatchNorm(init, out, EPSILON, MOMENTUM), new ActivationLayer(LEAKY));
    }
}
