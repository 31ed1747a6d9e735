package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalisation per channel in float32, bound by memory: every pass reads its arrays once, in chunks of whole pixels that
 * stay in the first-level cache, through loops without branches that the JVM compiles to vector instructions. Partial
 * sums are per piece of the image, and their number and order do not depend on the number of threads.
 */
final class NormalizationLoop {
    private static final int CHUNK = 1024;
    private static final int TASKS = 16;
    private static final int WORTH_A_THREAD = 1 << 14;

    private final int channels;
    private final int pixels;
    private final int chunk;
    private final int tasks;

    /** For values of ... x C; only the shape is read. */
    NormalizationLoop(INDArray x) {
        channels = (int) x.size(-1);
        pixels = (int) (x.length() / channels);
        chunk = channels * Math.max(1, CHUNK / channels);
        tasks = x.length() < 2 * WORTH_A_THREAD ? 1 : Math.min(TASKS, pixels);
    }

    int channels() {
        return channels;
    }

    int pixels() {
        return pixels;
    }

    /** Values of a chunk at most: whole pixels. */
    int chunk() {
        return chunk;
    }

    /** Pieces that an image is divided into. */
    int tasks() {
        return tasks;
    }

    /** One piece of an image. */
    interface Task {
        void run(int task, int from, int to);
    }

    /** Runs all pieces; from and to are values, of whole pixels. */
    void divide(Task work) {
        Parallel.forEach(tasks, task -> {
            int from = (int) ((long) pixels * task / tasks);
            int to = (int) ((long) pixels * (task + 1) / tasks);
            work.run(task, from * channels, to * channels);
        });
    }

    /** One value per channel, repeated for all pixels of a chunk. */
    float[] repeated(double[] values) {
        float[] row = new float[chunk];
        for (int i = 0; i < chunk; i++) {
            row[i] = (float) values[i % channels];
        }
        return row;
    }

    /** The sums per channel of a chunk's worth of sums. */
    double[] folded(float[] sums) {
        double[] folded = new double[channels];
        for (int i = 0; i < chunk; i++) {
            folded[i % channels] += sums[i];
        }
        return folded;
    }

    /**
     * Mean and variance in one pass: each piece sums distances from the mean of its first chunk, and the pieces are
     * joined in double precision (Chan et al. 1979). The first chunk is a part of its piece, so its mean lies within a
     * few deviations of the piece's, and little is lost in the difference.
     */
    void moments(FloatBuffer x, INDArray mean, INDArray variance) {
        double[][] means = new double[tasks][];
        double[][] squares = new double[tasks][];
        divide((task, from, to) -> {
            float[] values = new float[chunk];
            int first = Math.min(chunk, to - from);
            x.get(from, values, 0, first);
            double[] middle = folded(values);
            for (int c = 0; c < channels; c++) {
                middle[c] = (float) (middle[c] * channels / first);
            }
            float[] near = repeated(middle);
            float[] sum = new float[chunk];
            float[] square = new float[chunk];
            for (int at = from; at < to; at += chunk) {
                int count = Math.min(chunk, to - at);
                x.get(at, values, 0, count);
                addMoments(values, near, sum, square, count);
            }
            double n = (to - from) / (double) channels;
            double[] away = folded(sum);
            double[] total = folded(square);
            for (int c = 0; c < channels; c++) {
                double shift = away[c] / n;
                middle[c] += shift;
                total[c] = Math.max(0, total[c] - n * shift * shift);
            }
            means[task] = middle;
            squares[task] = total;
        });
        join(means, squares, mean, variance);
    }

    private static void addMoments(float[] values, float[] near, float[] sum, float[] square, int count) {
        for (int i = 0; i < count; i++) {
            float distance = values[i] - near[i];
            sum[i] += distance;
            square[i] += distance * distance;
        }
    }

    private void join(double[][] means, double[][] squares, INDArray mean, INDArray variance) {
        FloatBuffer meanValues = Pieces.floats(mean);
        FloatBuffer varianceValues = Pieces.floats(variance);
        for (int c = 0; c < channels; c++) {
            double n = 0;
            double middle = 0;
            double square = 0;
            for (int task = 0; task < tasks; task++) {
                double more = (int) ((long) pixels * (task + 1) / tasks) - (int) ((long) pixels * task / tasks);
                double difference = means[task][c] - middle;
                square += squares[task][c] + difference * difference * n * more / (n + more);
                middle += difference * more / (n + more);
                n += more;
            }
            meanValues.put(c, (float) middle);
            varianceValues.put(c, (float) (square / n));
        }
    }

    /** y = factor x + shift, then perhaps max(., 0); y may be x. */
    void forward(ChannelNormalization how, FloatBuffer x, FloatBuffer y) {
        float[] factor = repeated(factors(how));
        float[] shift = repeated(shifts(how));
        divide((task, from, to) -> {
            float[] values = new float[chunk];
            for (int at = from; at < to; at += chunk) {
                int count = Math.min(chunk, to - at);
                x.get(at, values, 0, count);
                map(values, factor, shift, count);
                if (how.relu()) {
                    rectify(values, count);
                }
                y.put(at, values, 0, count);
            }
        });
    }

    /** weight / sqrt(variance + epsilon). */
    double[] factors(ChannelNormalization how) {
        FloatBuffer variance = Pieces.floats(how.variance());
        FloatBuffer weight = Pieces.floats(how.weight());
        double[] factors = new double[channels];
        for (int c = 0; c < channels; c++) {
            factors[c] = weight.get(c) / Math.sqrt(variance.get(c) + how.epsilon());
        }
        return factors;
    }

    /** bias - mean factor. */
    double[] shifts(ChannelNormalization how) {
        FloatBuffer mean = Pieces.floats(how.mean());
        FloatBuffer bias = Pieces.floats(how.bias());
        double[] shifts = factors(how);
        for (int c = 0; c < channels; c++) {
            shifts[c] = bias.get(c) - mean.get(c) * shifts[c];
        }
        return shifts;
    }

    /** values = factor values + shift. */
    static void map(float[] values, float[] factor, float[] shift, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = values[i] * factor[i] + shift[i];
        }
    }

    private static void rectify(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = Math.max(values[i], 0f);
        }
    }
}
