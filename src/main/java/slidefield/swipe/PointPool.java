package slidefield.swipe;

import java.util.Arrays;
import java.util.Random;
import slidefield.fit.Seeds;

/**
 * The points of one image that are sampled before training, sorted by class: points of class {@code c} are those from
 * {@code start[c]} to {@code start[c + 1] - 1}.
 *
 * @param x columns as fractional pixel indices, from 0 to width - 1
 * @param y rows, from 0 to height - 1
 * @param start where the points of each class begin, and the number of points; a class may have none
 */
public record PointPool(float[] x, float[] y, int[] start) {
    /** @throws IllegalArgumentException if the arrays do not belong together */
    public PointPool {
        boolean sorted = start.length >= 3 && start[0] == 0 && start[start.length - 1] == x.length;
        for (int c = 1; c < start.length; c++) {
            sorted &= start[c] >= start[c - 1];
        }
        if (!sorted || x.length != y.length || x.length == 0) {
            throw new IllegalArgumentException("expected points sorted by class, found " + x.length + " columns, "
                    + y.length + " rows and starts at " + Arrays.toString(start));
        }
    }

    /** Classes, background among them; some may have no point. */
    public int classes() {
        return start.length - 1;
    }

    /** Points of a class. */
    public int count(int ofClass) {
        return start[ofClass + 1] - start[ofClass];
    }

    /**
     * Samples the points of an image. A class that it does not show has none; where a class has no boundary, or is
     * nowhere deeper than the band, all its points come from the part that there is.
     *
     * @param image the image
     * @param classes foreground classes of the data set, at least 1
     * @param options how many and where
     * @param seed the same seed gives the same points of the same image
     */
    public static PointPool sample(LabelledImage image, int classes, PoolOptions options, long seed) {
        int width = image.width();
        int height = image.height();
        float[][] all = new float[2][0];
        int[] start = new int[classes + 2];
        for (int c = 0; c <= classes; c++) {
            Random random = Seeds.random(seed, "points", image.name(), c);
            boolean[] region = new boolean[width * height];
            for (int i = 0; i < region.length; i++) {
                region[i] = image.classes()[i] == c;
            }
            float[][] points = c == 0
                    ? drawn(new LatinHypercube(region, width, height), options.background(), random)
                    : foreground(region, width, height, options, random);
            start[c + 1] = start[c] + points[0].length;
            all = joined(all, points);
        }
        PointPool pool = new PointPool(all[0], all[1], start);
        // Points that jitter moved across a boundary are of the class that they fell into.
        return options.rule() == PoolOptions.Rule.JITTER ? pool.sortedBy(image, classes) : pool;
    }

    private static float[][] foreground(boolean[] region, int width, int height, PoolOptions options, Random random) {
        LatinHypercube whole = new LatinHypercube(region, width, height);
        if (whole.isEmpty()) {
            return new float[2][0];
        }
        float[] depth = BoundaryDistance.inside(region, width, height);
        boolean jitter = options.rule() == PoolOptions.Rule.JITTER;
        LatinHypercube near = deep(depth, 1, jitter ? 1 : options.distance(), width, height);
        LatinHypercube far =
                jitter ? whole : deep(depth, Math.nextUp(options.distance()), Double.POSITIVE_INFINITY, width, height);
        int nearby = near.isEmpty() ? 0 : far.isEmpty() ? options.perClass() : options.near();
        float[][] points = drawn(near, nearby, random);
        if (jitter) {
            for (int i = 0; i < nearby; i++) {
                points[0][i] = moved(points[0][i], options.distance(), width, random);
                points[1][i] = moved(points[1][i], options.distance(), height, random);
            }
        }
        return joined(points, drawn(far, options.perClass() - nearby, random));
    }

    private static LatinHypercube deep(float[] depth, double least, double most, int width, int height) {
        boolean[] region = new boolean[depth.length];
        for (int i = 0; i < region.length; i++) {
            region[i] = depth[i] >= least && depth[i] <= most;
        }
        return new LatinHypercube(region, width, height);
    }

    private static float moved(float place, double deviation, int size, Random random) {
        return (float) Math.min(size - 1, Math.max(0, place + deviation * random.nextGaussian()));
    }

    private static float[][] drawn(LatinHypercube region, int count, Random random) {
        float[][] points = new float[2][region.isEmpty() ? 0 : count];
        if (points[0].length > 0) {
            region.draw(points, 0, count, random);
        }
        return points;
    }

    private static float[][] joined(float[][] one, float[][] other) {
        float[][] both = {Arrays.copyOf(one[0], one[0].length + other[0].length), null};
        both[1] = Arrays.copyOf(one[1], both[0].length);
        for (int axis = 0; axis < 2; axis++) {
            System.arraycopy(other[axis], 0, both[axis], one[axis].length, other[axis].length);
        }
        return both;
    }

    /** The same points, sorted by the class of the pixel that each lies in. */
    private PointPool sortedBy(LabelledImage image, int classes) {
        int[] found = new int[x.length];
        int[] begins = new int[classes + 2];
        for (int i = 0; i < x.length; i++) {
            found[i] = image.classes()[LatinHypercube.pixel(x[i], y[i], image.width(), image.height())];
            begins[found[i] + 1]++;
        }
        Arrays.parallelPrefix(begins, Integer::sum);
        int[] next = begins.clone();
        float[][] sorted = new float[2][x.length];
        for (int i = 0; i < x.length; i++) {
            int at = next[found[i]]++;
            sorted[0][at] = x[i];
            sorted[1][at] = y[i];
        }
        return new PointPool(sorted[0], sorted[1], begins);
    }
}
