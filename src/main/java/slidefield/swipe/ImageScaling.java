package slidefield.swipe;

/**
 * Images brought to another size over the same plane: pixel i of n covers the share [i/n, (i+1)/n]. Colours are weighted
 * by a triangle of two target pixels' width where the image shrinks and bilinear where it grows; a class is that of the
 * nearest pixel.
 */
final class ImageScaling {
    private ImageScaling() {}

    /** Weights of one target pixel: those of source pixels from {@code first} on, which add up to 1. */
    private record Tap(int first, float[] weights) {}

    /**
     * @param image any size
     * @param width wanted, at least 2
     * @param height wanted, at least 2
     * @return the image itself if it has that size
     */
    static LabelledImage scaled(LabelledImage image, int width, int height) {
        if (image.width() == width && image.height() == height) {
            return image;
        }
        return new LabelledImage(
                image.name(), width, height, colours(image, width, height), classes(image, width, height));
    }

    private static int[] colours(LabelledImage image, int width, int height) {
        Tap[] across = taps(image.width(), width);
        Tap[] down = taps(image.height(), height);
        float[] rows = new float[image.height() * width * 3];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < width; x++) {
                Tap tap = across[x];
                int at = (y * width + x) * 3;
                for (int k = 0; k < tap.weights.length; k++) {
                    int pixel = image.rgb()[y * image.width() + tap.first + k];
                    rows[at] += tap.weights[k] * (pixel >> 16 & 0xFF);
                    rows[at + 1] += tap.weights[k] * (pixel >> 8 & 0xFF);
                    rows[at + 2] += tap.weights[k] * (pixel & 0xFF);
                }
            }
        }
        int[] out = new int[width * height];
        for (int y = 0; y < height; y++) {
            Tap tap = down[y];
            for (int x = 0; x < width; x++) {
                int packed = 0;
                for (int channel = 0; channel < 3; channel++) {
                    float sum = 0;
                    for (int k = 0; k < tap.weights.length; k++) {
                        sum += tap.weights[k] * rows[((tap.first + k) * width + x) * 3 + channel];
                    }
                    packed = packed << 8 | Math.min(255, Math.max(0, Math.round(sum)));
                }
                out[y * width + x] = packed;
            }
        }
        return out;
    }

    private static Tap[] taps(int from, int to) {
        Tap[] taps = new Tap[to];
        double step = (double) from / to;
        double reach = Math.max(1, step);
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * step - 0.5;
            int first = (int) Math.max(0, Math.ceil(centre - reach));
            int last = (int) Math.min(from - 1, Math.floor(centre + reach));
            float[] weights = new float[last - first + 1];
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (float) Math.max(0, 1 - Math.abs(first + k - centre) / reach);
                sum += weights[k];
            }
            for (int k = 0; k < weights.length; k++) {
                weights[k] /= (float) sum;
            }
            taps[i] = new Tap(first, weights);
        }
        return taps;
    }

    /** The class of the pixel nearest to each of so many places, row after row. */
    static byte[] classes(LabelledImage image, int width, int height) {
        byte[] out = new byte[width * height];
        for (int y = 0; y < height; y++) {
            int row = (int) ((2L * y + 1) * image.height() / (2L * height)) * image.width();
            for (int x = 0; x < width; x++) {
                out[y * width + x] = image.classes()[row + (int) ((2L * x + 1) * image.width() / (2L * width))];
            }
        }
        return out;
    }
}
