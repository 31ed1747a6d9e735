package slidefield.slide;

import java.awt.image.BufferedImage;

/**
 * Where a slide holds tissue, at a coarse resolution. A pixel is tissue if it absorbs light (mean optical density over
 * a threshold) or is coloured; glass, fat and unscanned black are not. The density threshold is Otsu's, held between
 * 0.05 and 0.10 above the glass: below, an empty slide's noise would count, above, pale stroma of a region without any
 * glass would not.
 *
 * <p>Immutable, and so safe to read from several threads.
 */
public final class Tissue {
    /** Longer side of the mask, at most. */
    public static final int LONG_SIDE = 1024;

    private static final double LOWEST = 0.05;
    private static final double HIGHEST = 0.10;

    /** Brightest minus darkest channel from which a pixel counts as stained, and the density over white it then needs. */
    private static final int COLOURED = 20;

    private static final double COLOURED_DENSITY = 0.03;

    /** Nothing brighter than this in any channel: not tissue, but unscanned or marker. */
    private static final int BLACK = 30;

    private final View view;
    private final boolean[] mask;
    private final double[] sums;

    private Tissue(View view, boolean[] mask) {
        this.view = view;
        this.mask = mask;
        this.sums = integral(mask, view.width(), view.height());
    }

    /**
     * Finds the tissue of a slide.
     *
     * @param slide the slide
     * @return its tissue
     */
    public static Tissue of(Slide slide) {
        View view = View.fitting(slide, LONG_SIDE);
        int[] pixels = Pixels.of(view.image());
        double glass = glass(pixels);
        double[] density = new double[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            density[i] = density(pixels[i], glass);
        }
        double threshold = Math.max(LOWEST, Math.min(HIGHEST, Otsu.threshold(density, 0, 1)));
        boolean[] mask = new boolean[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int highest = Math.max(red(pixels[i]), Math.max(green(pixels[i]), blue(pixels[i])));
            int lowest = Math.min(red(pixels[i]), Math.min(green(pixels[i]), blue(pixels[i])));
            boolean stained = highest - lowest >= COLOURED && density(pixels[i], 255) >= COLOURED_DENSITY;
            mask[i] = highest > BLACK && (density[i] >= threshold || stained);
        }
        return new Tissue(view, majority(mask, view.width(), view.height()));
    }

    /** How bright the glass is: the 99th percentile of the darkest channel, between 200 and 255. */
    private static double glass(int[] pixels) {
        int[] counts = new int[256];
        for (int pixel : pixels) {
            counts[Math.min(red(pixel), Math.min(green(pixel), blue(pixel)))]++;
        }
        long brighter = 0;
        for (int value = 255; value > 200; value--) {
            brighter += counts[value];
            if (brighter >= pixels.length / 100.0) {
                return value;
            }
        }
        return 200;
    }

    private static double density(int pixel, double glass) {
        double sum = 0;
        for (int value : new int[] {red(pixel), green(pixel), blue(pixel)}) {
            sum += Math.max(0, -Math.log10((value + 1.0) / (glass + 1.0)));
        }
        return sum / 3;
    }

    /** A 3 x 3 majority vote: removes specks and pinholes. */
    private static boolean[] majority(boolean[] mask, int width, int height) {
        boolean[] voted = new boolean[mask.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int votes = 0;
                int voters = 0;
                for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
                    for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
                        votes += mask[v * width + u] ? 1 : 0;
                        voters++;
                    }
                }
                voted[y * width + x] = 2 * votes > voters;
            }
        }
        return voted;
    }

    private static double[] integral(boolean[] mask, int width, int height) {
        double[] sums = new double[(width + 1) * (height + 1)];
        for (int y = 0; y < height; y++) {
            double row = 0;
            for (int x = 0; x < width; x++) {
                row += mask[y * width + x] ? 1 : 0;
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
            }
        }
        return sums;
    }

    /**
     * How much of a rectangle is tissue.
     *
     * @param x0 left edge in level-0 pixels
     * @param y0 top edge
     * @param x1 right edge, over {@code x0}
     * @param y1 bottom edge, over {@code y0}
     * @return 0 (none, or outside the slide) to 1
     * @throws IllegalArgumentException if the rectangle has no area
     */
    public double fraction(double x0, double y0, double x1, double y1) {
        if (!(x1 > x0 && y1 > y0)) {
            throw new IllegalArgumentException(
                    "a rectangle from " + x0 + "," + y0 + " to " + x1 + "," + y1 + " has no area");
        }
        double left = x0 / view.scaleX();
        double top = y0 / view.scaleY();
        double right = x1 / view.scaleX();
        double bottom = y1 / view.scaleY();
        double tissue = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top);
        return Math.max(0, Math.min(1, tissue / ((right - left) * (bottom - top))));
    }

    /** Tissue area left of x and above y, in mask pixels; exact between pixel edges, where it is bilinear. */
    private double sum(double x, double y) {
        double u = Math.max(0, Math.min(view.width(), x));
        double v = Math.max(0, Math.min(view.height(), y));
        int i = (int) Math.min(view.width() - 1, Math.floor(u));
        int j = (int) Math.min(view.height() - 1, Math.floor(v));
        double a = u - i;
        double b = v - j;
        int stride = view.width() + 1;
        int at = j * stride + i;
        double upper = sums[at] * (1 - a) + sums[at + 1] * a;
        double lower = sums[at + stride] * (1 - a) + sums[at + stride + 1] * a;
        return upper * (1 - b) + lower * b;
    }

    /** Tissue as a fraction of the whole slide, 0 to 1. */
    public double fraction() {
        return sums[sums.length - 1] / mask.length;
    }

    /** Whether the slide holds no tissue. */
    public boolean isEmpty() {
        return sums[sums.length - 1] == 0;
    }

    /** The view at which the mask was made. */
    public View view() {
        return view;
    }

    /** The mask, {@code view().height() x view().width()} row-major, 1 = tissue. */
    public byte[] mask() {
        byte[] bytes = new byte[mask.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (mask[i] ? 1 : 0);
        }
        return bytes;
    }

    /**
     * A picture for people: the slide with everything but tissue dimmed and the tissue's edge in green.
     *
     * @return {@code view().height() x view().width()}, {@link BufferedImage#TYPE_INT_RGB}
     */
    public BufferedImage picture() {
        BufferedImage image = view.image();
        int[] pixels = Pixels.of(image);
        int width = view.width();
        for (int i = 0; i < pixels.length; i++) {
            boolean edge = i % width > 0 && mask[i] != mask[i - 1] || i >= width && mask[i] != mask[i - width];
            if (edge) {
                pixels[i] = 0x00A000;
            } else if (!mask[i]) {
                pixels[i] = red(pixels[i]) / 2 << 16 | green(pixels[i]) / 2 << 8 | blue(pixels[i]) / 2;
            }
        }
        return image;
    }

    private static int red(int rgb) {
        return rgb >> 16 & 0xFF;
    }

    private static int green(int rgb) {
        return rgb >> 8 & 0xFF;
    }

    private static int blue(int rgb) {
        return rgb & 0xFF;
    }
}
