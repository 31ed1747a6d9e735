package slidefield.nn.kernels;

import java.nio.FloatBuffer;

/**
 * Sums over the pixels of float32 images, per image and channel, by plain loops. Values pass through small arrays
 * ({@link SineLoop} says why) that hold several pixels side by side, so that loops are long where channels are few. Each
 * block of pixels is added up by itself and then the blocks' sums in order, so the bits do not depend on the number of
 * threads.
 */
final class ChannelSums {
    /** Values of a small array. */
    private static final int WIDTH = 1024;
    /** Values of a block, at least; more where that would be few pixels. */
    private static final int BLOCK = 1 << 14;

    private static final int FEWEST_PIXELS = 64;

    final int images;
    final int pixels;
    final int channels;
    /** Values side by side in a small array, whole pixels. */
    final int width;

    private final int blockPixels;
    private final int blocks;

    ChannelSums(long images, long pixels, long channels) {
        if (Math.multiplyExact(images, pixels * channels) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "fewer than 2^31 values are expected, found " + images + " x " + pixels + " x " + channels);
        }
        this.images = Math.toIntExact(images);
        this.pixels = Math.toIntExact(pixels);
        this.channels = Math.toIntExact(channels);
        this.width = this.channels * Math.max(1, WIDTH / this.channels);
        this.blockPixels = Math.max(FEWEST_PIXELS, BLOCK / this.channels);
        this.blocks = (this.pixels + blockPixels - 1) / blockPixels;
    }

    /** What is done with the block of an image that lies at the given values. */
    interface BlockAction {
        void apply(int image, int block, int start, int end);
    }

    /** All blocks of all images, on all threads. */
    void forEachBlock(BlockAction action) {
        Parallel.forEach(images * blocks, turn -> {
            int image = turn / blocks;
            int block = turn % blocks;
            int first = image * pixels + block * blockPixels;
            int last = Math.min((image + 1) * pixels, first + blockPixels);
            action.apply(image, block, first * channels, last * channels);
        });
    }

    /** Adds the values of several small arrays, element by element, to two sums per element. */
    interface Adder {
        void add(int at, int count, float[] sum, float[] weighted);
    }

    /** Makes the adder of one block, with its own small arrays. */
    interface AdderOfBlock {
        Adder of(int image);
    }

    /** Two sums per image and channel, over its pixels. */
    double[][][] sums(AdderOfBlock adders) {
        double[][][] ofBlocks = new double[images * blocks][][];
        forEachBlock((image, block, start, end) -> {
            Adder adder = adders.of(image);
            float[] sum = new float[width];
            float[] weighted = new float[width];
            for (int at = start; at < end; at += width) {
                adder.add(at, Math.min(width, end - at), sum, weighted);
            }
            ofBlocks[image * blocks + block] = new double[][] {folded(sum), folded(weighted)};
        });
        double[][][] sums = new double[images][2][channels];
        for (int b = 0; b < ofBlocks.length; b++) {
            for (int k = 0; k < 2; k++) {
                for (int c = 0; c < channels; c++) {
                    sums[b / blocks][k][c] += ofBlocks[b][k][c];
                }
            }
        }
        return sums;
    }

    /** Per channel, the sum over the pixels that lie side by side. */
    private double[] folded(float[] sideBySide) {
        double[] sums = new double[channels];
        for (int at = 0; at < width; at += channels) {
            for (int c = 0; c < channels; c++) {
                sums[c] += sideBySide[at + c];
            }
        }
        return sums;
    }

    /** Per-channel values, once for each pixel side by side. */
    float[] tiled(float[] perChannel) {
        float[] tiled = new float[width];
        for (int at = 0; at < width; at += channels) {
            System.arraycopy(perChannel, 0, tiled, at, channels);
        }
        return tiled;
    }

    /** Per image and channel: the sums of x - first and of its square, where first is the image's first pixel. */
    double[][][] moments(FloatBuffer x, float[][] first) {
        for (int n = 0; n < images; n++) {
            x.get(n * pixels * channels, first[n], 0, channels);
        }
        return sums(image -> {
            float[] origin = tiled(first[image]);
            float[] values = new float[width];
            return (at, count, sum, squares) -> {
                x.get(at, values, 0, count);
                for (int i = 0; i < count; i++) {
                    float d = values[i] - origin[i];
                    sum[i] += d;
                    squares[i] += d * d;
                }
            };
        });
    }

    /** Per image and channel: the sums of g and of g (x - mean). */
    double[][][] gradientSums(FloatBuffer x, FloatBuffer g, float[][] mean) {
        return sums(image -> {
            float[] centre = tiled(mean[image]);
            float[] values = new float[width];
            float[] gradient = new float[width];
            return (at, count, sum, weighted) -> {
                x.get(at, values, 0, count);
                g.get(at, gradient, 0, count);
                for (int i = 0; i < count; i++) {
                    sum[i] += gradient[i];
                    weighted[i] += gradient[i] * (values[i] - centre[i]);
                }
            };
        });
    }
}
