package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The fast group normalisation: float32 loops over {@link ChannelSums}, twice over the image each way. */
final class GroupNormLoop {
    private final ChannelSums shape;
    private final GroupNormalisation how;
    /** Channels of a group. */
    private final int size;

    GroupNormLoop(GroupNormalisation how, INDArray x) {
        this.how = how;
        this.shape = new ChannelSums(x.size(0), x.size(1), x.size(2));
        this.size = shape.channels / how.groups();
    }

    /** y = normalised x scale + shift + addend, then max(., 0) if wanted. */
    void forward(
            INDArray x,
            INDArray scale,
            INDArray shift,
            INDArray addend,
            boolean relu,
            INDArray mean,
            INDArray variance,
            INDArray y) {
        FloatBuffer from = Pieces.floats(x);
        FloatBuffer to = Pieces.floats(y);
        FloatBuffer added = addend == null ? null : Pieces.floats(addend);
        float[][] first = new float[shape.images][shape.channels];
        write(shape.moments(from, first), first, mean, variance);
        float[][] centre = spread(mean);
        float[][] factor = factors(variance, scale);
        float[] offset = shape.tiled(values(shift, 0));
        shape.forEachBlock((image, block, start, end) -> {
            float[] c = shape.tiled(centre[image]);
            float[] f = shape.tiled(factor[image]);
            float[] v = new float[shape.width];
            float[] a = new float[added == null ? 0 : shape.width];
            for (int at = start; at < end; at += shape.width) {
                int count = Math.min(shape.width, end - at);
                from.get(at, v, 0, count);
                affine(v, c, f, offset, count);
                if (added != null) {
                    added.get(at, a, 0, count);
                    add(v, a, count);
                }
                if (relu) {
                    rectify(v, count);
                }
                to.put(at, v, 0, count);
            }
        });
    }

    private static void affine(float[] v, float[] centre, float[] factor, float[] offset, int count) {
        for (int i = 0; i < count; i++) {
            v[i] = (v[i] - centre[i]) * factor[i] + offset[i];
        }
    }

    private static void add(float[] v, float[] a, int count) {
        for (int i = 0; i < count; i++) {
            v[i] += a[i];
        }
    }

    private static void rectify(float[] v, int count) {
        for (int i = 0; i < count; i++) {
            v[i] = Math.max(v[i], 0f);
        }
    }

    /** Mean and variance of every group, from the sums of its channels. */
    private void write(double[][][] sums, float[][] first, INDArray mean, INDArray variance) {
        FloatBuffer means = Pieces.floats(mean);
        FloatBuffer variances = Pieces.floats(variance);
        for (int n = 0; n < shape.images; n++) {
            for (int g = 0; g < how.groups(); g++) {
                double average = 0;
                for (int c = g * size; c < (g + 1) * size; c++) {
                    average += (first[n][c] + sums[n][0][c] / shape.pixels) / size;
                }
                double squares = 0;
                for (int c = g * size; c < (g + 1) * size; c++) {
                    double own = sums[n][0][c] / shape.pixels;
                    double away = first[n][c] + own - average;
                    squares += Math.max(0, sums[n][1][c] / shape.pixels - own * own) + away * away;
                }
                means.put(n * how.groups() + g, (float) average);
                variances.put(n * how.groups() + g, (float) (squares / size));
            }
        }
    }

    /** The gradients; gx may be gy. */
    void gradients(
            INDArray x,
            INDArray scale,
            INDArray mean,
            INDArray variance,
            INDArray gy,
            INDArray gx,
            INDArray gscale,
            INDArray gshift) {
        FloatBuffer values = Pieces.floats(x);
        FloatBuffer gradient = Pieces.floats(gy);
        float[][] centre = spread(mean);
        double[][][] sums = shape.gradientSums(values, gradient, centre);
        float[][] inverse = factors(variance, null);
        if (gshift != null) {
            writeTotals(sums, 0, null, gshift);
        }
        if (gscale != null) {
            writeTotals(sums, 1, inverse, gscale);
        }
        if (gx == null) {
            return;
        }
        FloatBuffer to = Pieces.floats(gx);
        float[][] factor = factors(variance, scale);
        float[] weight = values(scale, 1);
        shape.forEachBlock((image, block, start, end) -> {
            float[] perCentred = new float[shape.channels];
            float[] constant = new float[shape.channels];
            throughMoments(sums[image], weight, inverse[image], perCentred, constant);
            float[] c = shape.tiled(centre[image]);
            float[] f = shape.tiled(factor[image]);
            float[] p = shape.tiled(perCentred);
            float[] o = shape.tiled(constant);
            float[] v = new float[shape.width];
            float[] g = new float[shape.width];
            for (int at = start; at < end; at += shape.width) {
                int count = Math.min(shape.width, end - at);
                values.get(at, v, 0, count);
                gradient.get(at, g, 0, count);
                for (int i = 0; i < count; i++) {
                    g[i] = g[i] * f[i] + (v[i] - c[i]) * p[i] + o[i];
                }
                to.put(at, g, 0, count);
            }
        });
    }

    /**
     * What mean and variance add to the gradient of x: {@code (x - mean) perCentred + constant}. With h = gy scale, the
     * gradient is (h - mean of h - normalised x times the mean of h normalised x) / deviation.
     */
    private void throughMoments(double[][] sums, float[] scale, float[] inverse, float[] perCentred, float[] constant) {
        double values = (double) shape.pixels * size;
        for (int first = 0; first < shape.channels; first += size) {
            double h = 0;
            double along = 0;
            double each = inverse[first];
            for (int c = first; c < first + size; c++) {
                h += scale[c] * sums[0][c];
                along += scale[c] * sums[1][c];
            }
            for (int c = first; c < first + size; c++) {
                perCentred[c] = (float) (-each * each * each * along / values);
                constant[c] = (float) (-each * h / values);
            }
        }
    }

    /** The sum over all images, each times a factor. */
    private void writeTotals(double[][][] sums, int which, float[][] factor, INDArray total) {
        FloatBuffer to = Pieces.floats(total);
        for (int c = 0; c < shape.channels; c++) {
            double sum = 0;
            for (int n = 0; n < shape.images; n++) {
                sum += sums[n][which][c] * (factor == null ? 1 : factor[n][c]);
            }
            to.put(c, (float) sum);
        }
    }

    /** Per image and channel, the value of its group. */
    private float[][] spread(INDArray perGroup) {
        FloatBuffer from = Pieces.floats(perGroup);
        float[][] channels = new float[shape.images][shape.channels];
        for (int n = 0; n < shape.images; n++) {
            for (int c = 0; c < shape.channels; c++) {
                channels[n][c] = from.get(n * how.groups() + c / size);
            }
        }
        return channels;
    }

    /** Per image and channel, scale / sqrt(variance + epsilon). */
    private float[][] factors(INDArray variance, INDArray scale) {
        float[] weight = values(scale, 1);
        float[][] factors = spread(variance);
        for (float[] factor : factors) {
            for (int c = 0; c < factor.length; c++) {
                factor[c] = (float) (weight[c] / Math.sqrt(factor[c] + how.epsilon()));
            }
        }
        return factors;
    }

    /** C values, or the same value for all. */
    private float[] values(INDArray perChannel, float otherwise) {
        float[] values = new float[shape.channels];
        if (perChannel == null) {
            Arrays.fill(values, otherwise);
        } else {
            Pieces.floats(perChannel).get(0, values, 0, values.length);
        }
        return values;
    }
}
