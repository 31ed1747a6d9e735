package slidefield.slide;

/**
 * Weighted sums of stored pixels, first along rows and then down columns, streaming over bands of the stored level so
 * that memory stays bounded however coarse the result is.
 */
final class Resample {
    /** Stored pixels read at once: width of a column of work, and area of a band. */
    private static final int WIDEST = 4096;

    private static final int BAND = 1 << 21;

    /** What one stored pixel contributes where its three channels are not wanted. */
    interface Sample {
        /**
         * @param rgb a stored pixel
         * @return its value
         */
        float value(int rgb);
    }

    private Resample() {}

    /**
     * Resamples the colours of one level.
     *
     * @param slide the slide
     * @param level which of its levels
     * @param across weights along x
     * @param down weights along y
     * @return {@code down.count() x across.count() x 3} in [0, 255], row-major, red first
     */
    static float[] rgb(Slide slide, int level, Axis across, Axis down) {
        return run(slide, level, across, down, null);
    }

    /**
     * Resamples one value per pixel of one level.
     *
     * @param slide the slide
     * @param level which of its levels
     * @param across weights along x
     * @param down weights along y
     * @param sample turns a stored pixel into its value
     * @return {@code down.count() x across.count()}, row-major
     */
    static float[] one(Slide slide, int level, Axis across, Axis down, Sample sample) {
        return run(slide, level, across, down, sample);
    }

    private static float[] run(Slide slide, int level, Axis across, Axis down, Sample sample) {
        int area = Math.multiplyExact(across.count(), down.count());
        float[] out = new float[sample == null ? Math.multiplyExact(area, 3) : area];
        int from = 0;
        while (from < across.count()) {
            int to = from + 1;
            while (to < across.count()
                    && across.first()[to] + across.weights()[to].length - across.first()[from] <= WIDEST) {
                to++;
            }
            columns(slide, level, across.part(from, to), from, across.count(), down, sample, out);
            from = to;
        }
        return out;
    }

    private static void columns(
            Slide slide, int level, Axis across, int column, int columns, Axis down, Sample sample, float[] out) {
        int left = across.begin();
        int width = across.end() - left;
        int rows = Math.max(1, BAND / width);
        int channels = sample == null ? 3 : 1;
        float[] line = new float[across.count() * channels];
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
                if (sample == null) {
                    alongRgb(pixels, (y - top) * width, across, line);
                } else {
                    alongOne(pixels, (y - top) * width, across, sample, line);
                }
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

    private static void alongRgb(int[] pixels, int from, Axis across, float[] line) {
        int left = across.begin();
        for (int x = 0; x < across.count(); x++) {
            float[] weights = across.weights()[x];
            int at = from + across.first()[x] - left;
            float red = 0;
            float green = 0;
            float blue = 0;
            for (int k = 0; k < weights.length; k++) {
                int pixel = pixels[at + k];
                red += weights[k] * (pixel >> 16 & 0xFF);
                green += weights[k] * (pixel >> 8 & 0xFF);
                blue += weights[k] * (pixel & 0xFF);
            }
            line[3 * x] = red;
            line[3 * x + 1] = green;
            line[3 * x + 2] = blue;
        }
    }

    private static void alongOne(int[] pixels, int from, Axis across, Sample sample, float[] line) {
        int left = across.begin();
        for (int x = 0; x < across.count(); x++) {
            float[] weights = across.weights()[x];
            int at = from + across.first()[x] - left;
            float sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * sample.value(pixels[at + k]);
            }
            line[x] = sum;
        }
    }
}
