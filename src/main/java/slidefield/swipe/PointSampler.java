package slidefield.swipe;

import java.util.Arrays;
import java.util.Random;
import slidefield.fit.Seeds;
import slidefield.slide.BoundaryDistance;

/** Samples points of every class of an image or a volume (SwIPE, section 2.3). */
public final class PointSampler {
    private final int[] sizes;
    private final PoolOptions options;

    private PointSampler(int[] sizes, PoolOptions options) {
        this.sizes = sizes;
        this.options = options;
    }

    /**
     * Samples points. A class that is not shown has none; where a class has no boundary, or is nowhere deeper than the
     * band, all its points come from the part that there is.
     *
     * @param name of the image
     * @param labels a class number a pixel, 0 being background; the first axis runs fastest
     * @param classes foreground classes of the data set, at least 1
     * @param options how many and where
     * @param seed the same seed gives the same points of the same image
     * @param sizes of the axes: columns, rows and, of a volume, slices
     */
    public static SampledPoints sample(
            String name, byte[] labels, int classes, PoolOptions options, long seed, int... sizes) {
        PointSampler sampler = new PointSampler(sizes.clone(), options);
        float[][] all = new float[sizes.length][0];
        int[] start = new int[classes + 2];
        for (int c = 0; c <= classes; c++) {
            Random random = Seeds.random(seed, "points", name, c);
            boolean[] region = new boolean[labels.length];
            for (int i = 0; i < region.length; i++) {
                region[i] = labels[i] == c;
            }
            float[][] points = c == 0
                    ? sampler.drawn(new LatinHypercube(region, sizes), options.background(), random)
                    : sampler.foreground(region, random);
            start[c + 1] = start[c] + points[0].length;
            all = joined(all, points);
        }
        // Points that jitter moved across a boundary are of the class that they fell into.
        return options.rule() == PoolOptions.Rule.JITTER
                ? sampler.sortedBy(labels, classes, all)
                : new SampledPoints(all, start);
    }

    private float[][] foreground(boolean[] region, Random random) {
        LatinHypercube whole = new LatinHypercube(region, sizes);
        if (whole.isEmpty()) {
            return new float[sizes.length][0];
        }
        float[] depth = BoundaryDistance.inside(region, sizes);
        boolean jitter = options.rule() == PoolOptions.Rule.JITTER;
        LatinHypercube near = deep(depth, 1, jitter ? 1 : options.distance());
        LatinHypercube far = jitter ? whole : deep(depth, Math.nextUp(options.distance()), Double.POSITIVE_INFINITY);
        int nearby = near.isEmpty() ? 0 : far.isEmpty() ? options.perClass() : options.near();
        float[][] points = drawn(near, nearby, random);
        if (jitter) {
            for (int i = 0; i < nearby; i++) {
                for (int axis = 0; axis < sizes.length; axis++) {
                    double moved = points[axis][i] + options.distance() * random.nextGaussian();
                    points[axis][i] = (float) Math.min(sizes[axis] - 1, Math.max(0, moved));
                }
            }
        }
        return joined(points, drawn(far, options.perClass() - nearby, random));
    }

    private LatinHypercube deep(float[] depth, double least, double most) {
        boolean[] region = new boolean[depth.length];
        for (int i = 0; i < region.length; i++) {
            region[i] = depth[i] >= least && depth[i] <= most;
        }
        return new LatinHypercube(region, sizes);
    }

    private float[][] drawn(LatinHypercube region, int count, Random random) {
        float[][] points = new float[sizes.length][region.isEmpty() ? 0 : count];
        if (points[0].length > 0) {
            region.draw(points, 0, count, random);
        }
        return points;
    }

    private static float[][] joined(float[][] one, float[][] other) {
        float[][] both = new float[one.length][];
        for (int axis = 0; axis < both.length; axis++) {
            both[axis] = Arrays.copyOf(one[axis], one[axis].length + other[axis].length);
            System.arraycopy(other[axis], 0, both[axis], one[axis].length, other[axis].length);
        }
        return both;
    }

    /** The same points, sorted by the class of the pixel that each lies in. */
    private SampledPoints sortedBy(byte[] labels, int classes, float[][] points) {
        int count = points[0].length;
        int[] found = new int[count];
        int[] begins = new int[classes + 2];
        for (int i = 0; i < count; i++) {
            found[i] = labels[LatinHypercube.pixel(points, i, sizes)];
            begins[found[i] + 1]++;
        }
        Arrays.parallelPrefix(begins, Integer::sum);
        int[] next = begins.clone();
        float[][] sorted = new float[points.length][count];
        for (int i = 0; i < count; i++) {
            int at = next[found[i]]++;
            for (int axis = 0; axis < points.length; axis++) {
                sorted[axis][at] = points[axis][i];
            }
        }
        return new SampledPoints(sorted, begins);
    }
}
