package slidefield.swipe;

import java.util.Arrays;
import java.util.Random;

/**
 * Random variation of a training image, its classes and its points, all by the same map. What a turn brings in from beyond
 * the image's edge is its mirror image, and no point lies there.
 */
public final class Augmentation {
    /** A crop that no point of the pool lies in is drawn anew; the last resort is the whole image. */
    private static final int TRIES = 10;

    private final AugmentationOptions options;

    /** @param options what is varied, and how far */
    public Augmentation(AugmentationOptions options) {
        this.options = options;
    }

    /**
     * An image with the points sampled of it.
     *
     * @param image colours and classes
     * @param pool points in the image's pixels
     */
    public record Varied(LabelledImage image, PointPool pool) {}

    /**
     * @param image any size
     * @param pool its points
     * @param random source of all randomness: the same state gives the same result
     * @return an image of the same size with those of the points that it shows
     */
    public Varied apply(LabelledImage image, PointPool pool, Random random) {
        Affine source = Affine.IDENTITY;
        PointPool moved = null;
        for (int k = 0; k < TRIES && moved == null; k++) {
            source = source(image.width(), image.height(), random);
            moved = moved(pool, source.inverse(), image.width(), image.height());
        }
        if (moved == null) {
            source = Affine.IDENTITY;
            moved = pool;
        }
        LabelledImage shown = source.equals(Affine.IDENTITY) ? image : shown(image, source);
        if (random.nextDouble() < options.jitter()) {
            shown = new LabelledImage(
                    shown.name(),
                    shown.width(),
                    shown.height(),
                    options.colour().apply(shown.rgb(), random),
                    shown.classes());
        }
        return new Varied(shown, moved);
    }

    /** Where in the image each pixel of the result comes from. */
    private Affine source(int width, int height, Random random) {
        Affine map = Affine.IDENTITY;
        if (random.nextDouble() < options.flip()) {
            map = Affine.mirrored(width).after(map);
        }
        if (random.nextDouble() < options.flip()) {
            map = Affine.upsideDown(height).after(map);
        }
        if (random.nextDouble() < options.rotation()) {
            double degrees = options.degrees() * (2 * random.nextDouble() - 1);
            map = Affine.turned(degrees, width, height).after(map);
        }
        if (random.nextDouble() < options.crop()) {
            map = crop(width, height, random).after(map);
        }
        return map;
    }

    private Affine crop(int width, int height, Random random) {
        double area = options.least() + (options.most() - options.least()) * random.nextDouble();
        AugmentationOptions.Ratio range = options.ratio();
        double ratio = range.least() * Math.pow(range.most() / range.least(), random.nextDouble());
        double shareX = Math.min(1, Math.sqrt(area * ratio));
        double shareY = Math.min(1, Math.sqrt(area / ratio));
        double left = (1 - shareX) * width * random.nextDouble();
        double top = (1 - shareY) * height * random.nextDouble();
        return Affine.box(left, top, shareX, shareY);
    }

    /** Points that the result shows, or null if it shows none. */
    private static PointPool moved(PointPool pool, Affine map, int width, int height) {
        float[] x = new float[pool.x().length];
        float[] y = new float[x.length];
        int[] start = new int[pool.start().length];
        int kept = 0;
        for (int c = 0; c < pool.classes(); c++) {
            for (int i = pool.start()[c]; i < pool.start()[c + 1]; i++) {
                x[kept] = (float) map.x(pool.x()[i], pool.y()[i]);
                y[kept] = (float) map.y(pool.x()[i], pool.y()[i]);
                boolean inside = x[kept] >= 0 && x[kept] <= width - 1 && y[kept] >= 0 && y[kept] <= height - 1;
                kept += inside ? 1 : 0;
            }
            start[c + 1] = kept;
        }
        return kept == 0 ? null : new PointPool(Arrays.copyOf(x, kept), Arrays.copyOf(y, kept), start);
    }

    private static LabelledImage shown(LabelledImage image, Affine source) {
        int width = image.width();
        int height = image.height();
        int[] rgb = new int[width * height];
        byte[] classes = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            double x = reflected(source.x(i % width, i / width), width);
            double y = reflected(source.y(i % width, i / width), height);
            rgb[i] = colour(image, x, y);
            classes[i] = image.classes()[(int) Math.rint(y) * width + (int) Math.rint(x)];
        }
        return new LabelledImage(image.name(), width, height, rgb, classes);
    }

    /** Mirrored at the centres of the first and the last pixel, into 0 to size - 1. */
    private static double reflected(double place, int size) {
        double period = 2.0 * (size - 1);
        double folded = place - period * Math.floor(place / period);
        return Math.min(folded, period - folded);
    }

    private static int colour(LabelledImage image, double x, double y) {
        int left = Math.min((int) x, image.width() - 2);
        int top = Math.min((int) y, image.height() - 2);
        double right = x - left;
        double down = y - top;
        int at = top * image.width() + left;
        int[] rgb = image.rgb();
        int out = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double upper = (1 - right) * (rgb[at] >> shift & 0xFF) + right * (rgb[at + 1] >> shift & 0xFF);
            int below = at + image.width();
            double lower = (1 - right) * (rgb[below] >> shift & 0xFF) + right * (rgb[below + 1] >> shift & 0xFF);
            out = out << 8 | (int) Math.round((1 - down) * upper + down * lower);
        }
        return out;
    }
}
