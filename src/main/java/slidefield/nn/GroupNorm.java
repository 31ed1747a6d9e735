package slidefield.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.GroupNormalisation;
import slidefield.nn.kernels.Kernels;

/**
 * Group normalisation (Wu and He 2018): every image's groups of channels are brought to mean 0 and variance 1, then each
 * channel gets its own scale and shift. N x ... x C to the same shape, in training and afterwards.
 */
public final class GroupNorm extends Module {
    private final GroupNormalisation how;
    private final Activation activation;
    /** Scale, C values. */
    private final Parameter weight;
    /** Shift, C values. */
    private final Parameter bias;

    /**
     * Starts with scale 1 and shift 0.
     *
     * @param init gives the type; nothing is drawn
     * @param groups of neighbouring channels; as many as channels make it instance normalisation
     * @param channels C, a multiple of the groups
     * @param epsilon added to the variance
     * @param activation applied last
     */
    public GroupNorm(Init init, int groups, int channels, double epsilon, Activation activation) {
        how = new GroupNormalisation(groups, epsilon);
        if (channels < 1 || how.groupSize(channels) < 1) {
            throw new IllegalArgumentException("at least one channel is expected, found " + channels);
        }
        this.activation = activation;
        weight = parameter("weight", init.ones(channels));
        bias = parameter("bias", init.zeros(channels));
    }

    @Override
    public Tensor forward(Tensor x) {
        return forward(x, null);
    }

    /**
     * @param x N x ... x C
     * @param addend added before the activation (a residual connection), the shape of x, or null
     * @return activation(normalised x scale + shift + addend)
     */
    public Tensor forward(Tensor x, Tensor addend) {
        Shapes.require(x.shape().length >= 2, "N x ... x C", x.shape());
        Tape tape = x.tape();
        return normalise(x, x.size(0), how, tape.parameter(weight), tape.parameter(bias), addend, activation);
    }

    /**
     * activation((x - mean) / sqrt(variance + epsilon) scale + shift + addend). What is not of the engine's type is cast,
     * and so is the result.
     *
     * @param x any shape whose last axis is the channels
     * @param images how many equal parts x falls into, each with moments of its own
     * @param how groups and epsilon
     * @param scale C values, or null for neither scale nor shift
     * @param shift C values, or null
     * @param addend the shape of x, or null
     * @param activation applied last
     * @return the shape and type of x
     */
    static Tensor normalise(
            Tensor x,
            long images,
            GroupNormalisation how,
            Tensor scale,
            Tensor shift,
            Tensor addend,
            Activation activation) {
        long channels = x.size(-1);
        how.groupSize(channels);
        Shapes.require(
                scale == null || scale.value().length() == channels,
                channels(scale == null ? channels : scale.value().length()),
                x.shape());
        Tape tape = x.tape();
        DataType type = tape.engine().type();
        Tensor in = Arithmetic.cast(x, type);
        Tensor residual = addend == null ? null : Arithmetic.cast(addend, type);
        if (residual != null) {
            Shapes.require(
                    residual.value().equalShapes(in.value()), "an addend of " + Shapes.text(x.shape()), addend.shape());
        }
        Kernels kernels = tape.kernels();
        long[] view = {images, in.value().length() / images / channels, channels};
        INDArray values = in.value().reshape('c', view);
        INDArray mean = tape.allocate(images, how.groups());
        INDArray variance = tape.allocate(images, how.groups());
        INDArray y = tape.allocate(x.shape());
        kernels.transformer()
                .groupNorm(
                        how,
                        values,
                        value(scale),
                        value(shift),
                        residual == null ? null : residual.value().reshape('c', view),
                        activation,
                        mean,
                        variance,
                        y.reshape('c', view));
        Tensor out = tape.node(y, Convolutions.present(in, scale, shift, residual), g -> {
            kernels.activationGradient(activation, y, g, g);
            INDArray gx = !in.needsGradient() ? null : residual == null ? g : tape.allocate(in.shape());
            INDArray gscale = Convolutions.gradientOf(scale);
            INDArray gshift = Convolutions.gradientOf(shift);
            kernels.transformer()
                    .groupNormGradients(
                            how,
                            values,
                            value(scale),
                            mean,
                            variance,
                            g.reshape('c', view),
                            gx == null ? null : gx.reshape('c', view),
                            gscale,
                            gshift);
            if (residual != null) {
                residual.accumulate(g);
            } else if (gx == null) {
                tape.recycle(g);
            }
            Convolutions.accumulate(in, gx);
            Convolutions.accumulate(scale, gscale);
            Convolutions.accumulate(shift, gshift);
        });
        return Arithmetic.cast(out, x.type());
    }

    private static String channels(long count) {
        return count + " channels, as many as the normalisation has";
    }

    private static INDArray value(Tensor tensor) {
        return tensor == null ? null : tensor.value();
    }
}
