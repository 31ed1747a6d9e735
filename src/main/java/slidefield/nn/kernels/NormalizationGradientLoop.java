package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradients of a normalisation per channel in float32, in two passes over x and the gradient of y: sums per channel,
 * then the gradient of x. With g the gradient before the activation, s = sqrt(variance + epsilon) and means over
 * all pixels, {@code gx = weight / s (g - mean(g) - (x - mean) / s^2 mean(g (x - mean)))}. Where a rectifier follows, its
 * slope is found again from x by the very arithmetic of the forward pass, which is cheaper than to read y.
 */
final class NormalizationGradientLoop {
    /** Together 2^150: makes 1 or more of every positive float. */
    private static final float LARGE = 0x1p127f;

    private static final float LARGER = 0x1p23f;

    private final NormalizationLoop loop;
    private final ChannelNormalization how;
    private final boolean ofBatch;
    private final FloatBuffer x;
    private final int channels;
    private final float[] factor;
    private final float[] shift;
    private final float[] mean;

    NormalizationGradientLoop(ChannelNormalization how, boolean ofBatch, INDArray x) {
        this.loop = new NormalizationLoop(x);
        this.how = how;
        this.ofBatch = ofBatch;
        this.x = Pieces.floats(x);
        this.channels = loop.channels();
        factor = loop.repeated(loop.factors(how));
        shift = loop.repeated(loop.shifts(how));
        FloatBuffer means = Pieces.floats(how.mean());
        double[] middle = new double[channels];
        for (int c = 0; c < channels; c++) {
            middle[c] = means.get(c);
        }
        mean = loop.repeated(middle);
    }

    /** The gradients of x, weight and bias, of which each may be null; gx may be gy. */
    void run(INDArray gy, INDArray gx, INDArray gw, INDArray gb) {
        FloatBuffer g = Pieces.floats(gy);
        double[] sums = new double[channels];
        double[] products = new double[channels];
        if (gw != null || gb != null || ofBatch) {
            sums(g, sums, products);
        }
        FloatBuffer variance = Pieces.floats(how.variance());
        double[] inverse = new double[channels];
        for (int c = 0; c < channels; c++) {
            inverse[c] = 1 / Math.sqrt(variance.get(c) + how.epsilon());
            if (gw != null) {
                Pieces.floats(gw).put(c, (float) (products[c] * inverse[c]));
            }
            if (gb != null) {
                Pieces.floats(gb).put(c, (float) sums[c]);
            }
        }
        if (gx == null) {
            return;
        }
        double[] slopes = new double[channels];
        double[] offsets = new double[channels];
        if (ofBatch) {
            double[] factors = loop.factors(how);
            for (int c = 0; c < channels; c++) {
                slopes[c] = -factors[c] * inverse[c] * inverse[c] * products[c] / loop.pixels();
                offsets[c] = -factors[c] * sums[c] / loop.pixels();
            }
        }
        write(g, loop.repeated(slopes), loop.repeated(offsets), Pieces.floats(gx));
    }

    /** Per channel, the sums of g and of g (x - mean). */
    private void sums(FloatBuffer g, double[] sums, double[] products) {
        double[][] ofG = new double[loop.tasks()][];
        double[][] ofProducts = new double[loop.tasks()][];
        int chunk = loop.chunk();
        loop.divide((task, from, to) -> {
            float[] values = new float[chunk];
            float[] gradient = new float[chunk];
            float[] slope = new float[chunk];
            float[] sum = new float[chunk];
            float[] product = new float[chunk];
            for (int at = from; at < to; at += chunk) {
                int count = Math.min(chunk, to - at);
                read(g, at, count, values, gradient, slope);
                add(gradient, values, mean, sum, product, count);
            }
            ofG[task] = loop.folded(sum);
            ofProducts[task] = loop.folded(product);
        });
        for (int task = 0; task < loop.tasks(); task++) {
            for (int c = 0; c < channels; c++) {
                sums[c] += ofG[task][c];
                products[c] += ofProducts[task][c];
            }
        }
    }

    /** gx = factor g + (slope (x - mean) + offset). */
    private void write(FloatBuffer g, float[] slopes, float[] offsets, FloatBuffer gx) {
        int chunk = loop.chunk();
        loop.divide((task, from, to) -> {
            float[] values = new float[chunk];
            float[] gradient = new float[chunk];
            float[] slope = new float[chunk];
            for (int at = from; at < to; at += chunk) {
                int count = Math.min(chunk, to - at);
                read(g, at, count, values, gradient, slope);
                if (ofBatch) {
                    standardize(values, mean, slopes, offsets, count);
                    NormalizationLoop.map(gradient, factor, values, count);
                } else {
                    multiply(gradient, factor, count);
                }
                gx.put(at, gradient, 0, count);
            }
        });
    }

    /** A chunk of x, and of the gradient before the activation. */
    private void read(FloatBuffer g, int at, int count, float[] values, float[] gradient, float[] slope) {
        x.get(at, values, 0, count);
        g.get(at, gradient, 0, count);
        if (how.relu()) {
            slope(values, factor, shift, slope, count);
            multiply(gradient, slope, count);
        }
    }

    /** 1 where factor x + shift is positive, else 0, without a branch. */
    private static void slope(float[] x, float[] factor, float[] shift, float[] slope, int count) {
        for (int i = 0; i < count; i++) {
            slope[i] = Math.min(Math.max(x[i] * factor[i] + shift[i], 0f) * LARGE * LARGER, 1f);
        }
    }

    private static void multiply(float[] x, float[] factor, int count) {
        for (int i = 0; i < count; i++) {
            x[i] *= factor[i];
        }
    }

    private static void add(float[] g, float[] x, float[] mean, float[] sum, float[] product, int count) {
        for (int i = 0; i < count; i++) {
            sum[i] += g[i];
            product[i] += g[i] * (x[i] - mean[i]);
        }
    }

    private static void standardize(float[] x, float[] mean, float[] slope, float[] offset, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = (x[i] - mean[i]) * slope[i] + offset[i];
        }
    }
}
