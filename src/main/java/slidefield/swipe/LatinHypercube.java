package slidefield.swipe;

import java.util.Arrays;
import java.util.Random;

/**
 * Latin hypercube sampling of a region of pixels or voxels (SwIPE, section 2.3): n points of which, along every axis, every
 * one of n equal layers of the region's bounding box holds exactly one; those outside the region are drawn anew.
 */
final class LatinHypercube {
    /** Points of one hypercube at most: a region that fills little of its box takes several. */
    private static final int LARGEST = 1 << 18;

    private final boolean[] region;
    private final int[] sizes;
    private final double[] least;
    private final double[] most;
    private int pixels;
    private double box = 1;

    /**
     * @param region pixels that may be drawn, the first axis running fastest
     * @param sizes of the axes: columns, rows and, of a volume, slices
     */
    LatinHypercube(boolean[] region, int... sizes) {
        this.region = region;
        this.sizes = sizes.clone();
        least = new double[sizes.length];
        most = new double[sizes.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < region.length; i++) {
            if (region[i]) {
                pixels++;
                int rest = i;
                for (int axis = 0; axis < sizes.length; axis++) {
                    int place = rest % sizes[axis];
                    rest /= sizes[axis];
                    least[axis] = Math.min(least[axis], place - 0.5);
                    most[axis] = Math.max(most[axis], place + 0.5);
                }
            }
        }
        for (int axis = 0; axis < sizes.length; axis++) {
            box *= most[axis] - least[axis];
            // Points lie between the centres of the first and the last pixels: there the image coordinate is -1 to 1.
            least[axis] = Math.max(0, least[axis]);
            most[axis] = Math.min(sizes[axis] - 1, most[axis]);
        }
    }

    /** Whether no pixel may be drawn. */
    boolean isEmpty() {
        return pixels == 0;
    }

    /**
     * The pixel that holds a point of several: the one with the nearest centre.
     *
     * @param points places along each axis
     * @param index of the point
     * @param sizes of the axes
     */
    static int pixel(float[][] points, int index, int... sizes) {
        int pixel = 0;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            int place = (int) Math.floor(points[axis][index] + 0.5f);
            pixel = pixel * sizes[axis] + Math.min(sizes[axis] - 1, Math.max(0, place));
        }
        return pixel;
    }

    /**
     * Draws points.
     *
     * @param points receives as many as {@code to - from}, their places along each axis
     * @param from index of the first one
     * @param to one past the last one
     * @param random source of all randomness
     * @throws IllegalStateException if the region is empty
     */
    void draw(float[][] points, int from, int to, Random random) {
        if (isEmpty()) {
            throw new IllegalStateException("an empty region has no points");
        }
        double share = pixels / box;
        int at = from;
        while (at < to) {
            int strata = (int) Math.min(LARGEST, Math.max(1, Math.ceil((to - at) / share)));
            int[][] orders = new int[sizes.length][];
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                orders[axis] = permutation(strata, random);
            }
            for (int k = 0; k < strata && at < to; k++) {
                for (int axis = 0; axis < sizes.length; axis++) {
                    points[axis][at] = place(least[axis], most[axis], orders[axis][k], strata, random);
                }
                at += region[pixel(points, at, sizes)] ? 1 : 0;
            }
        }
    }

    private static float place(double from, double to, int stratum, int strata, Random random) {
        return (float) (from + (to - from) * (stratum + random.nextDouble()) / strata);
    }

    private static int[] permutation(int count, Random random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
