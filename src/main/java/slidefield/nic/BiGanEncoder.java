package slidefield.nic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.BatchNorm;
import slidefield.nn.Conv2d;
import slidefield.nn.Init;
import slidefield.nn.Module;
import slidefield.nn.PointwiseLinear;
import slidefield.nn.Pooling;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/**
 * The encoder of a bidirectional generative adversarial network (Tellez et al. 2019, appendix; sizes, order and constants
 * those of the authors' published weights): the patch averaged over squares, then convolutions of 3 x 3 pixels, stride 2 and no
 * padding, each with a bias, a leaky ReLU of slope 0.2 and after that batch normalisation, then a linear layer. With
 * {@link BiGanEncoderOptions#published()} 594,944 parameters, and 595,968 values with the running statistics.
 *
 * <p>Not thread-safe while it is trained; in evaluation its arrays are only read.
 */
public final class BiGanEncoder extends Module {
    /** Added to a variance, as in the published network. */
    static final double EPSILON = 1e-3;

    /** Share of a new batch in the running statistics: Keras' momentum of 0.8. */
    private static final double MOMENTUM = 0.2;

    private static final Convolution GEOMETRY = new Convolution(3, 2, 1, 0);

    private final BiGanEncoderOptions options;
    private final List<Conv2d> convolutions = new ArrayList<>();
    /** One per convolution; none at all where they are folded into the layers after them. */
    private final List<BatchNorm> norms = new ArrayList<>();

    private final PointwiseLinear dense;

    /**
     * Fresh weights: He uniform for convolutions, Glorot uniform for the linear layer, biases 0.
     *
     * @param options sizes
     * @param init source of the weights
     */
    public BiGanEncoder(BiGanEncoderOptions options, Init init) {
        this.options = options;
        int in = options.colours();
        for (int layer = 0; layer < options.layers(); layer++) {
            double bound = Math.sqrt(6.0 / (in * GEOMETRY.taps()));
            INDArray weight = init.uniform(bound, 3, 3, in, options.width());
            add(layer, weight, init.zeros(options.width()));
            norms.add(child("norm" + layer, new BatchNorm(init, options.width(), EPSILON, MOMENTUM)));
            in = options.width();
        }
        double bound = Math.sqrt(6.0 / (options.flat() + options.code()));
        INDArray weight = init.uniform(bound, options.flat(), options.code());
        dense = child("dense", new PointwiseLinear(weight, init.zeros(options.code()), Activation.NONE));
    }

    /** Without normalisations. */
    private BiGanEncoder(BiGanEncoderOptions options, List<INDArray> weights, List<INDArray> biases) {
        this.options = options;
        int last = options.layers();
        for (int layer = 0; layer < last; layer++) {
            add(layer, weights.get(layer), biases.get(layer));
        }
        dense = child("dense", new PointwiseLinear(weights.get(last), biases.get(last), Activation.NONE));
    }

    private void add(int layer, INDArray weight, INDArray bias) {
        convolutions.add(child("conv" + layer, new Conv2d(weight, bias, GEOMETRY, Activation.LEAKY_RELU_02)));
    }

    /** Its sizes. */
    public BiGanEncoderOptions options() {
        return options;
    }

    /**
     * @param x N x P x P x colours
     * @return codes, N x C
     * @throws IllegalArgumentException if x is of another shape
     */
    @Override
    public Tensor forward(Tensor x) {
        return encode(averaged(x));
    }

    /**
     * The patch as the first convolution sees it.
     *
     * @param x N x P x P x colours
     * @return means of squares, N x P/pooling x P/pooling x colours
     * @throws IllegalArgumentException if x is of another shape
     */
    public Tensor averaged(Tensor x) {
        require(x, options.patch());
        return options.pooling() == 1 ? x : Pooling.average(x, options.pooling(), options.pooling());
    }

    /**
     * @param averaged N x P/pooling x P/pooling x colours
     * @return codes, N x C
     * @throws IllegalArgumentException if it is of another shape
     */
    public Tensor encode(Tensor averaged) {
        require(averaged, options.side());
        Tensor y = averaged;
        for (int layer = 0; layer < convolutions.size(); layer++) {
            y = convolutions.get(layer).forward(y);
            y = norms.isEmpty() ? y : norms.get(layer).forward(y);
        }
        return dense.forward(Shapes.reshape(y, y.size(0), options.flat()));
    }

    private void require(Tensor x, int side) {
        long[] shape = x.shape();
        if (shape.length != 4 || shape[1] != side || shape[2] != side || shape[3] != options.colours()) {
            throw new IllegalArgumentException("expected N x " + side + " x " + side + " x " + options.colours()
                    + ", found the shape " + Arrays.toString(shape));
        }
    }

    /**
     * The same function in evaluation without normalisations: each, a factor and an addend per channel, goes into the weights
     * of the layer after it. This is exact but for rounding, because nothing is padded.
     *
     * @return a network of its own arrays; this one where it has no normalisations
     */
    public BiGanEncoder folded() {
        if (norms.isEmpty()) {
            return this;
        }
        List<INDArray> weights = new ArrayList<>();
        List<INDArray> biases = new ArrayList<>();
        Map<String, INDArray> values = values();
        for (int layer = 0; layer <= options.layers(); layer++) {
            String name = layer == options.layers() ? "dense" : "conv" + layer;
            INDArray weight = values.get(name + ".weight").dup('c');
            INDArray bias = values.get(name + ".bias").dup('c');
            if (layer > 0) {
                fold(values, "norm" + (layer - 1), weight, bias);
            }
            weights.add(weight);
            biases.add(bias);
        }
        BiGanEncoder folded = new BiGanEncoder(options, weights, biases);
        folded.training(false);
        return folded;
    }

    /** Lets a layer do what the normalisation before it does; its input's channels are its weight's last axis but one. */
    private void fold(Map<String, INDArray> values, String norm, INDArray weight, INDArray bias) {
        double[] scale = doubles(values, norm + ".weight");
        double[] shift = doubles(values, norm + ".bias");
        double[] mean = doubles(values, norm + ".running_mean");
        double[] variance = doubles(values, norm + ".running_var");
        double[] w = weight.data().asDouble();
        double[] b = bias.data().asDouble();
        for (int row = 0; row < w.length / b.length; row++) {
            int channel = row % options.width();
            double factor = scale[channel] / Math.sqrt(variance[channel] + EPSILON);
            double addend = shift[channel] - mean[channel] * factor;
            for (int out = 0; out < b.length; out++) {
                int at = row * b.length + out;
                b[out] += addend * w[at];
                w[at] *= factor;
            }
        }
        assign(w, weight);
        assign(b, bias);
    }

    private static double[] doubles(Map<String, INDArray> values, String name) {
        return values.get(name).data().asDouble();
    }

    private static void assign(double[] values, INDArray into) {
        try (INDArray made = Nd4j.createFromArray(values)) {
            into.reshape('c', new long[] {into.length()}).assign(made);
        }
    }
}
