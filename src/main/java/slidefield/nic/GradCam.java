package slidefield.nic;

import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.fit.Targets;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Shapes;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/**
 * Gradient-weighted class activation maps (Selvaraju et al. 2017) of a network of compressed slides, taken at its first
 * convolution so that they are as fine as can be (Tellez et al. 2019, section 3.3): the maps f_k of that convolution before
 * its normalisation, each times the mean over all places of the gradient of the class's output with respect to it, added up,
 * cut off below 0, brought to the size of the crop and divided by the largest value. The output is the one before softmax or
 * sigmoid.
 *
 * <p>Not thread-safe: it uses its network and engine.
 */
public final class GradCam {
    private final Engine engine;
    private final SlideCnn network;

    /**
     * @param engine arithmetic
     * @param network not in training
     */
    public GradCam(Engine engine, SlideCnn network) {
        this.engine = engine;
        this.network = network;
    }

    /**
     * @param crop R x R x C, row-major
     * @param ofClass whose output is looked into; of a network of one output 1 is the output itself (the positive class, or
     *     the number) and 0 its negative
     * @return R x R, row-major, from 0 to 1; all 0 where nothing speaks for the class
     * @throws IllegalArgumentException if there is no such class, or the crop does not fit the network
     */
    public float[] map(float[] crop, int ofClass) {
        SlideCnnOptions options = network.options();
        int side = options.crop();
        if (crop.length != (long) side * side * options.code()) {
            throw new IllegalArgumentException("expected a crop of " + side + " x " + side + " codes of "
                    + options.code() + " values, found " + crop.length + " values");
        }
        int classes = Math.max(2, options.outputs());
        if (ofClass < 0 || ofClass >= classes) {
            throw new IllegalArgumentException("expected a class from 0 to " + (classes - 1) + ", found " + ofClass);
        }
        try (INDArray first = first(crop);
                Tape tape = engine.record()) {
            Tensor maps = tape.variable(first);
            tape.backward(output(network.afterFirst(maps), ofClass));
            return scaled(tape, weighted(maps, maps.gradient()), options);
        }
    }

    /** The first convolution's maps, 1 x H x H x filters. */
    private INDArray first(float[] crop) {
        try (Tape tape = engine.inference()) {
            CropBatch batch = new CropBatch(tape, 1, network.options());
            batch.put(0, crop);
            return network.first(batch.tensor()).value().dup('c');
        }
    }

    private static Tensor output(Tensor outputs, int ofClass) {
        if (outputs.size(1) == 1) {
            return Arithmetic.scale(outputs, ofClass == 1 ? 1 : -1);
        }
        return Shapes.channels(outputs, ofClass, ofClass + 1);
    }

    /** max(0, sum over k of the mean of gradient k times map k), for every place. */
    private static float[] weighted(Tensor maps, INDArray gradient) {
        int filters = (int) maps.size(3);
        double[] values = flat(maps.value());
        double[] slopes = flat(gradient);
        int places = values.length / filters;
        double[] weights = new double[filters];
        for (int i = 0; i < slopes.length; i++) {
            weights[i % filters] += slopes[i] / places;
        }
        float[] sum = new float[places];
        for (int place = 0; place < places; place++) {
            double total = 0;
            for (int k = 0; k < filters; k++) {
                total += weights[k] * values[place * filters + k];
            }
            sum[place] = (float) Math.max(0, total);
        }
        return sum;
    }

    private static double[] flat(INDArray array) {
        return array.reshape('c', new long[] {array.length()}).toDoubleVector();
    }

    /** Brought to the size of the crop, bilinear, and divided by its maximum. */
    private static float[] scaled(Tape tape, float[] map, SlideCnnOptions options) {
        int small = options.firstSide();
        int side = options.crop();
        INDArray from = Targets.array(tape, map, 1, small, small, 1);
        INDArray to = tape.allocate(1, side, side, 1);
        tape.kernels().images().resize(false, from, to);
        double[] values = flat(to);
        double most = 0;
        for (double value : values) {
            most = Math.max(most, value);
        }
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = most > 0 ? (float) (values[i] / most) : 0;
        }
        return scaled;
    }
}
