package slidefield.nic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.fit.Seeds;
import slidefield.nn.ActivationLayer;
import slidefield.nn.BatchNorm;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.Parameter;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;

/**
 * The network of compressed slides (Tellez et al. 2019, appendix): depth-wise separable convolutions, a dense layer with
 * batch normalisation and leaky ReLU, and a linear output. N x R x R x C to N x outputs. With codes of 128 values and two
 * outputs it has 160,386 parameters and 2,304 running statistics.
 *
 * <p>Not thread-safe, as all modules are not.
 */
public final class SlideCnn extends Module {
    private final SlideCnnOptions options;
    private final List<SeparableConvolution> convolutions = new ArrayList<>();
    private final PointwiseLinear dense;
    private final BatchNorm norm;
    private final ActivationLayer activation;
    private final PointwiseLinear output;

    /**
     * He-uniform initial values; the output's are Glorot-uniform (Glorot and Bengio 2010), all biases 0.
     *
     * @param options sizes
     * @param type FLOAT or DOUBLE
     * @param seed of the initial values and of what is dropped
     */
    public SlideCnn(SlideCnnOptions options, DataType type, long seed) {
        this.options = options;
        Init init = new Init(type, seed);
        int in = options.code();
        for (int layer = 0; layer < options.layers(); layer++) {
            int stride = options.strides().get(layer);
            long dropped = Seeds.derive(seed, "dropout", layer);
            convolutions.add(child("conv" + layer, new SeparableConvolution(init, in, options, stride, dropped)));
            in = options.filters();
        }
        int width = options.dense();
        int flat = Math.multiplyExact(options.lastSide() * options.lastSide(), in);
        dense = child(
                "dense", new PointwiseLinear(init.heUniform(flat, flat, width), init.zeros(width), Activation.NONE));
        norm = child("dense_norm", new BatchNorm(init, width, SeparableConvolution.EPSILON, options.normMomentum()));
        activation = child("dense_activation", new ActivationLayer(Activation.LEAKY_RELU_03));
        int outputs = options.outputs();
        double bound = Math.sqrt(6.0 / (width + outputs));
        output = child(
                "output",
                new PointwiseLinear(init.uniform(bound, width, outputs), init.zeros(outputs), Activation.NONE));
    }

    /** Its sizes. */
    public SlideCnnOptions options() {
        return options;
    }

    /**
     * @param x crops, N x R x R x C
     * @return N x outputs: logits, or numbers
     * @throws IllegalArgumentException if the shape does not fit the options
     */
    @Override
    public Tensor forward(Tensor x) {
        return afterFirst(first(x));
    }

    /**
     * The first convolution alone, before its normalisation: the maps of {@link GradCam}.
     *
     * @param x crops, N x R x R x C
     * @return N x H x H x filters
     * @throws IllegalArgumentException if the shape does not fit the options
     */
    public Tensor first(Tensor x) {
        long[] shape = x.shape();
        if (shape.length != 4
                || shape[1] != options.crop()
                || shape[2] != options.crop()
                || shape[3] != options.code()) {
            throw new IllegalArgumentException("expected crops of N x " + options.crop() + " x " + options.crop()
                    + " x " + options.code() + ", found " + Arrays.toString(shape));
        }
        return convolutions.get(0).raw(x);
    }

    /**
     * All that follows {@link #first}.
     *
     * @param maps N x H x H x filters
     * @return N x outputs
     */
    public Tensor afterFirst(Tensor maps) {
        Tensor now = convolutions.get(0).after(maps);
        for (SeparableConvolution convolution : convolutions.subList(1, convolutions.size())) {
            now = convolution.forward(now);
        }
        Tensor flat = Shapes.reshape(now, now.size(0), now.size(1) * now.size(2) * now.size(3));
        return output.forward(activation.forward(norm.forward(dense.forward(flat))));
    }

    /** What the penalty on large weights is meant for: all of the convolutions, and the dense layer's matrix. */
    List<Parameter> penalised() {
        List<Parameter> penalised = new ArrayList<>();
        convolutions.forEach(convolution -> penalised.addAll(convolution.penalised()));
        penalised.add(dense.parameters().get("weight"));
        return penalised;
    }
}
