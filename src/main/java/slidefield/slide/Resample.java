package slidefield.slide;

import java.util.Arrays;

/**
 * Weighted sums of stored pixels, first along rows and then down columns, streaming over bands of the stored level so
 * that memory stays bounded however coarse the result is.
 */
final class Resample {
    /** Stored pixels read at once: width of a column of work, and area of a band. */
    private static final int WIDEST = 4096;

    private static final int BAND = 1 << 21;

    /** What one stored pixel contributes. */
    interface Sample {
        /**
         * @param rgb a stored pixel
         * @param channel 0 .. channels - 1
         * @return its value in that channel
         */
        float value(int rgb, int channel);
    }

    private Resample() {}

    /**
     * Resamples one level.
     *
     * @param slide the slide
     * @param level which of its levels
     * @param across weights along x
     * @param down weights along y
     * @param channels values per pixel
     * @param sample turns a stored pixel into values
     * @return {@code down.count() x across.count() x channels}, row-major
     */
    static float[] run(Slide slide, int level, Axis across, Axis down, int channels, Sample sample) {
        float[] out = new float[Math.multiplyExact(Math.multiplyExact(across.count(), down.count()), channels)];
        int from = 0;
        while (from < across.count()) {
            int to = from + 1;
            while (to < across.count()
                    && across.first()[to] + across.weights()[to].length - across.first()[from] <= WIDEST) {
                to++;
            }
            columns(slide, level, across.part(from, to), from, across.count(), down, channels, sample, out);
            from = to;
        }
        return out;
    }

    private static void columns(
            Slide slide,
            int level,
            Axis across,
            int column,
            int columns,
            Axis down,
            int channels,
            Sample sample,
            float[] out) {
        int left = across.begin();
        int width = across.end() - left;
        int rows = Math.max(1, BAND / width);
        float[] line = new float[across.count() * channels];
        float[] values = new float[width * channels];
        int next = 0;
        for (int top = down.begin(); top < down.end(); top += rows) {
            int height = Math.min(rows, down.end() - top);
            int[] pixels = Pixels.of(slide.read(level, left, top, width, height));
            for (int y = top; y < top + height; y++) {
                while (next < down.count() && down.first()[next] + down.weights()[next].length <= y) {
                    next++;
                }
                if (next == down.count() || down.first()[next] > y) {
                    continue;
                }
                values(pixels, (y - top) * width, width, channels, sample, values);
                along(values, across, left, channels, line);
                for (int row = next; row < down.count() && down.first()[row] <= y; row++) {
                    float weight = down.weights()[row][y - down.first()[row]];
                    int at = (row * columns + column) * channels;
                    for (int i = 0; i < line.length; i++) {
                        out[at + i] += weight * line[i];
                    }
                }
            }
        }
    }

    private static void values(int[] pixels, int from, int width, int channels, Sample sample, float[] into) {
        for (int x = 0; x < width; x++) {
            for (int c = 0; c < channels; c++) {
                into[x * channels + c] = sample.value(pixels[from + x], c);
            }
        }
    }

    private static void along(float[] values, Axis across, int left, int channels, float[] line) {
        Arrays.fill(line, 0);
        for (int x = 0; x < across.count(); x++) {
            float[] weights = across.weights()[x];
            int at = (across.first()[x] - left) * channels;
            for (float weight : weights) {
                for (int c = 0; c < channels; c++) {
                    line[x * channels + c] += weight * values[at + c];
                }
                at += channels;
            }
        }
    }
}
