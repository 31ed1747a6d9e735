package slidefield.nn;

import java.util.Random;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import slidefield.nn.kernels.Nd4jRuntime;

/**
 * Initial values from a seed. The numbers come from {@link Random}, whose sequence the Java specification fixes,
 * so one seed gives the same network on every machine and JDK, and the same up to rounding in FLOAT and DOUBLE.
 */
public final class Init {
    private static final int CHUNK = 1 << 16;

    private final DataType type;
    private final Random random;

    /**
     * @param type FLOAT or DOUBLE
     * @param seed of all values drawn from this object, in the order of the calls
     */
    public Init(DataType type, long seed) {
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new IllegalArgumentException("initial values are FLOAT or DOUBLE, not " + type);
        }
        Nd4jRuntime.prepare();
        this.type = type;
        this.random = new Random(seed);
    }

    /** @return the type of all arrays made here */
    public DataType type() {
        return type;
    }

    /**
     * @param bound positive or zero
     * @param shape of the array
     * @return values drawn uniformly from [-bound, bound)
     */
    public INDArray uniform(double bound, long... shape) {
        return draw(() -> (2 * random.nextDouble() - 1) * bound, shape);
    }

    /**
     * @param deviation standard deviation
     * @param shape of the array
     * @return values drawn from the normal distribution around 0
     */
    public INDArray normal(double deviation, long... shape) {
        return draw(() -> random.nextGaussian() * deviation, shape);
    }

    /**
     * @param deviation standard deviation of the normal distribution before it is cut
     * @param bound largest distance from 0; what lies farther out is drawn again
     * @param shape of the array
     * @return values drawn from the normal distribution around 0 (PyTorch's trunc_normal_)
     */
    public INDArray truncatedNormal(double deviation, double bound, long... shape) {
        if (!(bound >= deviation)) {
            throw new IllegalArgumentException(
                    "a bound of at least the deviation " + deviation + " is expected, found " + bound);
        }
        return draw(
                () -> {
                    double value = random.nextGaussian() * deviation;
                    while (Math.abs(value) > bound) {
                        value = random.nextGaussian() * deviation;
                    }
                    return value;
                },
                shape);
    }

    /**
     * He initialisation in the mode "fan out" (He et al. 2015, eq. 14): normal with variance 2 / (fan out).
     *
     * @param fanOut outputs of one input: output channels times taps
     * @param shape of the array
     * @return values drawn from the normal distribution around 0
     */
    public INDArray kaimingNormal(long fanOut, long... shape) {
        if (fanOut < 1) {
            throw new IllegalArgumentException("fan out must be at least 1, found " + fanOut);
        }
        return normal(Math.sqrt(2.0 / fanOut), shape);
    }

    /**
     * PyTorch's default for convolutions and linear layers, weights and biases: uniform within
     * +-1 / sqrt(fan in) (kaiming_uniform_ with a = sqrt(5)).
     *
     * @param fanIn inputs of one output: input channels times taps
     * @param shape of the array
     * @return values drawn uniformly
     */
    public INDArray kaimingUniform(long fanIn, long... shape) {
        if (fanIn < 1) {
            throw new IllegalArgumentException("fan in must be at least 1, found " + fanIn);
        }
        return uniform(1 / Math.sqrt(fanIn), shape);
    }

    /**
     * He initialisation, uniform (He et al. 2015; Keras's {@code he_uniform}): variance 2 / (fan in), that is within
     * +-sqrt(6 / (fan in)).
     *
     * @param fanIn inputs of one output: input channels times taps
     * @param shape of the array
     * @return values drawn uniformly
     */
    public INDArray heUniform(long fanIn, long... shape) {
        if (fanIn < 1) {
            throw new IllegalArgumentException("fan in must be at least 1, found " + fanIn);
        }
        return uniform(Math.sqrt(6.0 / fanIn), shape);
    }

    /**
     * @param shape of the array
     * @return zeros; draws nothing
     */
    public INDArray zeros(long... shape) {
        INDArray array = Nd4j.createUninitializedDetached(type, 'c', shape);
        array.assign(0);
        return array;
    }

    /**
     * @param shape of the array
     * @return ones; draws nothing
     */
    public INDArray ones(long... shape) {
        INDArray array = Nd4j.createUninitializedDetached(type, 'c', shape);
        array.assign(1);
        return array;
    }

    private INDArray draw(DoubleSupplier next, long... shape) {
        INDArray array = Nd4j.createUninitializedDetached(type, 'c', shape);
        INDArray flat = array.reshape('c', new long[] {array.length()});
        for (long start = 0; start < array.length(); start += CHUNK) {
            double[] values = new double[(int) Math.min(CHUNK, array.length() - start)];
            for (int i = 0; i < values.length; i++) {
                values[i] = next.getAsDouble();
            }
            try (INDArray chunk = Nd4j.createFromArray(values)) {
                flat.get(NDArrayIndex.interval(start, start + values.length)).assign(chunk);
            }
        }
        return array;
    }
}
