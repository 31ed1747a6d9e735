package slidefield.nic;

import java.util.List;
import slidefield.nn.ActivationLayer;
import slidefield.nn.BatchNorm;
import slidefield.nn.DepthwiseConv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Parameter;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.SpatialDropout;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * A layer of {@link SlideCnn} (Tellez et al. 2019, appendix): a 3 x 3 filter for every channel, a matrix product over the
 * channels with a bias, then batch normalisation, leaky ReLU and the dropout of whole maps.
 */
final class SeparableConvolution extends Module {
    /** Of all batch normalisations: Keras's default. */
    static final double EPSILON = 1e-3;

    private final DepthwiseConv2d depthwise;
    private final PointwiseLinear pointwise;
    private final BatchNorm norm;
    private final ActivationLayer activation;
    private final SpatialDropout dropout;

    /**
     * He-uniform initial values in Keras's count of inputs, which for a depth-wise filter are those of all channels.
     *
     * @param init source of the initial values
     * @param in input channels
     * @param options filters, dropout, momentum
     * @param stride places from one output to the next
     * @param seed of what is dropped
     */
    SeparableConvolution(Init init, int in, SlideCnnOptions options, int stride, long seed) {
        Convolution geometry = SlideCnnOptions.geometry(stride);
        int filters = options.filters();
        depthwise = child(
                "depthwise",
                new DepthwiseConv2d(
                        init.heUniform((long) in * geometry.taps(), geometry.height(), geometry.width(), in),
                        null,
                        geometry));
        pointwise = child(
                "pointwise",
                new PointwiseLinear(init.heUniform(in, in, filters), init.zeros(filters), Activation.NONE));
        norm = child("norm", new BatchNorm(init, filters, EPSILON, options.normMomentum()));
        activation = child("activation", new ActivationLayer(Activation.LEAKY_RELU_03));
        dropout = child("dropout", new SpatialDropout(init, options.dropout(), seed));
    }

    @Override
    public Tensor forward(Tensor x) {
        return after(raw(x));
    }

    /**
     * @param x N x H x W x in
     * @return the convolution alone, N x H' x W' x filters
     */
    Tensor raw(Tensor x) {
        return pointwise.forward(depthwise.forward(x));
    }

    /**
     * @param raw what {@link #raw} gave
     * @return normalised, activated and, in training, with some maps dropped
     */
    Tensor after(Tensor raw) {
        return dropout.forward(activation.forward(norm.forward(raw)));
    }

    /** What the penalty on large weights is meant for: the filters, the matrix and its bias. */
    List<Parameter> penalised() {
        return List.of(
                depthwise.parameters().get("weight"),
                pointwise.parameters().get("weight"),
                pointwise.parameters().get("bias"));
    }
}
