package slidefield.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.ChannelNormalization;
import slidefield.nn.kernels.ImageKernels;
import slidefield.nn.kernels.Kernels;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) per channel, as PyTorch computes it: ... x C to the same shape. In
 * {@link #training()} with the mean and the biased variance of the batch, which also go into the running statistics (the
 * variance there unbiased, n / (n - 1) of it); otherwise with the running ones, in one pass.
 */
public final class BatchNorm extends Module {
    private final int channels;
    private final double epsilon;
    private final double momentum;
    private final boolean relu;
    /** C values; null without an affine map. */
    private final Parameter weight;
    /** C values; null without an affine map. */
    private final Parameter bias;

    private final INDArray runningMean;
    private final INDArray runningVariance;

    /**
     * Without an activation.
     *
     * @param init source of the type; draws nothing
     * @param channels C
     * @param epsilon added to the variance, positive (PyTorch's default: 1e-5)
     * @param momentum share of a new batch in the running statistics, in (0, 1] (PyTorch's default: 0.1)
     */
    public BatchNorm(Init init, int channels, double epsilon, double momentum) {
        this(init, channels, epsilon, momentum, Activation.NONE);
    }

    /**
     * @param init source of the type; draws nothing
     * @param channels C
     * @param epsilon added to the variance, positive
     * @param momentum share of a new batch in the running statistics, in (0, 1]
     * @param activation applied last in the same pass, NONE or RELU
     */
    public BatchNorm(Init init, int channels, double epsilon, double momentum, Activation activation) {
        this(init, channels, epsilon, momentum, activation, true);
    }

    private BatchNorm(Init init, int channels, double epsilon, double momentum, Activation activation, boolean affine) {
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("batch norm: epsilon must be positive, found " + epsilon);
        }
        if (!(momentum > 0 && momentum <= 1)) {
            throw new IllegalArgumentException("batch norm: momentum must be in (0, 1], found " + momentum);
        }
        if (activation != Activation.NONE && activation != Activation.RELU) {
            throw new IllegalArgumentException("batch norm: the activation must be NONE or RELU, found " + activation);
        }
        this.channels = channels;
        this.epsilon = epsilon;
        this.momentum = momentum;
        this.relu = activation == Activation.RELU;
        weight = affine ? parameter("weight", init.ones(channels)) : null;
        bias = affine ? parameter("bias", init.zeros(channels)) : null;
        runningMean = buffer("running_mean", init.zeros(channels));
        runningVariance = buffer("running_var", init.ones(channels));
    }

    /**
     * Without a weight and a bias per channel: mean 0 and variance 1 remain.
     *
     * @param init source of the type; draws nothing
     * @param channels C
     * @param epsilon added to the variance, positive
     * @param momentum share of a new batch in the running statistics, in (0, 1]
     * @return a normalisation without parameters
     */
    public static BatchNorm withoutAffine(Init init, int channels, double epsilon, double momentum) {
        return new BatchNorm(init, channels, epsilon, momentum, Activation.NONE, false);
    }

    /**
     * @throws IllegalArgumentException if the channels differ, or in training if there is one value per channel only
     */
    @Override
    public Tensor forward(Tensor x) {
        long[] shape = x.shape();
        Shapes.require(shape[shape.length - 1] == channels, "an array of " + channels + " channels", shape);
        Tape tape = x.tape();
        Tensor w = weight == null ? constant(tape, 1) : tape.parameter(weight);
        Tensor b = bias == null ? constant(tape, 0) : tape.parameter(bias);
        boolean ofBatch = training();
        ChannelNormalization how = ofBatch
                ? ofBatch(tape, x, w, b)
                : new ChannelNormalization(runningMean, runningVariance, w.value(), b.value(), epsilon, relu);
        ImageKernels kernels = tape.kernels().images();
        INDArray y = tape.allocate(x.type(), shape);
        kernels.normalize(how, x.value(), y);
        return tape.node(y, List.of(x, w, b), g -> {
            INDArray gw = w.needsGradient() ? tape.allocate(channels) : null;
            INDArray gb = b.needsGradient() ? tape.allocate(channels) : null;
            kernels.normalizeGradients(how, ofBatch, x.value(), g, x.needsGradient() ? g : null, gw, gb);
            x.accumulate(g);
            if (gw != null) {
                w.accumulate(gw);
            }
            if (gb != null) {
                b.accumulate(gb);
            }
        });
    }

    private Tensor constant(Tape tape, double value) {
        INDArray values = tape.allocate(channels);
        tape.kernels().fill(values, value);
        return tape.constant(values);
    }

    private ChannelNormalization ofBatch(Tape tape, Tensor x, Tensor w, Tensor b) {
        double n = x.value().length() / (double) channels;
        Shapes.require(n > 1, "more than one value per channel in training", x.shape());
        INDArray mean = tape.allocate(channels);
        INDArray variance = tape.allocate(channels);
        Kernels kernels = tape.kernels();
        kernels.images().moments(x.value(), mean, variance);
        kernels.combine(1 - momentum, runningMean, momentum, mean, runningMean);
        kernels.combine(1 - momentum, runningVariance, momentum * n / (n - 1), variance, runningVariance);
        return new ChannelNormalization(mean, variance, w.value(), b.value(), epsilon, relu);
    }
}
