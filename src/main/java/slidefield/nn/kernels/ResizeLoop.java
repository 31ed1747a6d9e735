package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Bilinear resizing of float32 images, one axis after the other, in loops over whole lines, which the JVM compiles to
 * vector instructions. Every line is written by one thread in one order, so the result does not depend on their number.
 */
final class ResizeLoop {
    private static final int TASKS = 16;

    private final int images;
    private final int channels;
    private final int height;
    private final int outHeight;
    private final int line;
    private final int outLine;
    private final LinearAxis down;
    private final LinearAxis across;

    /** For an image of N x H x W x C and its resized one; only their shapes are read. */
    ResizeLoop(boolean alignCorners, INDArray x, INDArray y) {
        images = (int) x.size(0);
        channels = (int) x.size(3);
        height = (int) x.size(1);
        outHeight = (int) y.size(1);
        line = (int) x.size(2) * channels;
        outLine = (int) y.size(2) * channels;
        down = new LinearAxis(alignCorners, height, outHeight);
        across = new LinearAxis(alignCorners, x.size(2), y.size(2));
    }

    /** The second input's share, repeated for all channels. */
    private float[] shares() {
        float[] shares = new float[outLine];
        for (int column = 0; column < across.share.length; column++) {
            Arrays.fill(shares, column * channels, (column + 1) * channels, across.share[column]);
        }
        return shares;
    }

    private interface Lines {
        void run(int from, int to);
    }

    private static void divide(int lines, Lines work) {
        int tasks = Math.min(TASKS, lines);
        Parallel.forEach(
                tasks,
                task -> work.run((int) ((long) lines * task / tasks), (int) ((long) lines * (task + 1) / tasks)));
    }

    void forward(FloatBuffer x, FloatBuffer y) {
        float[] shares = shares();
        divide(images * outHeight, (from, to) -> {
            float[] above = new float[line];
            float[] below = new float[line];
            float[] left = new float[outLine];
            float[] right = new float[outLine];
            for (int k = from; k < to; k++) {
                int image = k / outHeight * height;
                int row = k % outHeight;
                x.get((image + down.first[row]) * line, above, 0, line);
                x.get((image + down.second[row]) * line, below, 0, line);
                blend(above, below, down.share[row], line);
                for (int column = 0; column < across.first.length; column++) {
                    System.arraycopy(above, across.first[column] * channels, left, column * channels, channels);
                    System.arraycopy(above, across.second[column] * channels, right, column * channels, channels);
                }
                blend(left, right, shares, outLine);
                y.put(k * outLine, left, 0, outLine);
            }
        });
    }

    private static void blend(float[] a, float[] b, float share, int n) {
        for (int i = 0; i < n; i++) {
            a[i] += share * (b[i] - a[i]);
        }
    }

    private static void blend(float[] a, float[] b, float[] share, int n) {
        for (int i = 0; i < n; i++) {
            a[i] += share[i] * (b[i] - a[i]);
        }
    }

    /** gx = the transposed map of gy: what each input gave to results comes back to it. */
    void gradient(FloatBuffer gy, FloatBuffer gx) {
        float[] shares = shares();
        int[] starts = down.starts(height);
        int[] ends = down.ends(height);
        divide(images * height, (from, to) -> {
            float[] result = new float[outLine];
            float[] sum = new float[outLine];
            float[] second = new float[outLine];
            float[] gradient = new float[line];
            for (int k = from; k < to; k++) {
                int image = k / height * outHeight;
                int row = k % height;
                Arrays.fill(sum, 0);
                for (int out = starts[row]; out < ends[row]; out++) {
                    gy.get((image + out) * outLine, result, 0, outLine);
                    addScaled(down.weight(out, row), result, sum, outLine);
                }
                split(sum, shares, second, outLine);
                Arrays.fill(gradient, 0);
                for (int column = 0; column < across.first.length; column++) {
                    add(sum, column * channels, gradient, across.first[column] * channels);
                    add(second, column * channels, gradient, across.second[column] * channels);
                }
                gx.put(k * line, gradient, 0, line);
            }
        });
    }

    private static void addScaled(float factor, float[] x, float[] sum, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += factor * x[i];
        }
    }

    /** Divides values into the share of the second input and, in place, what is left for the first. */
    private static void split(float[] values, float[] shares, float[] second, int n) {
        for (int i = 0; i < n; i++) {
            second[i] = shares[i] * values[i];
            values[i] -= second[i];
        }
    }

    private void add(float[] x, int at, float[] sum, int to) {
        for (int i = 0; i < channels; i++) {
            sum[to + i] += x[at + i];
        }
    }
}
