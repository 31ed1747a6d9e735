package slidefield.slide;

import java.util.Arrays;

/**
 * Exact Euclidean distances on the grid of pixels or voxels, in time proportional to their number (Felzenszwalb and
 * Huttenlocher 2012: the lower envelope of parabolas, along one axis after the other).
 *
 * <p>Every call has a state of its own: thread-safe.
 */
public final class BoundaryDistance {
    /** Larger than any squared distance of an image, and exact in double arithmetic. */
    private static final double FAR = 1e12;

    private BoundaryDistance() {}

    /**
     * How deep every pixel lies in its mask.
     *
     * @param inside whether pixels are, the first axis running fastest
     * @param sizes of the axes: columns, rows and, of a volume, slices
     * @return distances in pixels from pixel centre to the centre of the nearest pixel outside: 1 at the boundary, 0
     *     outside, infinite where nothing lies outside (the image's edge is no boundary)
     */
    public static float[] inside(boolean[] inside, int... sizes) {
        double[] squared = new double[inside.length];
        for (int i = 0; i < inside.length; i++) {
            squared[i] = inside[i] ? FAR : 0;
        }
        for (int axis = sizes.length - 1, step = inside.length; axis >= 0; axis--) {
            step /= sizes[axis];
            along(squared, sizes[axis], step);
        }
        float[] distance = new float[inside.length];
        for (int i = 0; i < distance.length; i++) {
            distance[i] = squared[i] >= FAR / 2 ? Float.POSITIVE_INFINITY : (float) Math.sqrt(squared[i]);
        }
        return distance;
    }

    /** Along every line of one axis, whose neighbours are so many values apart. */
    private static void along(double[] squared, int count, int step) {
        double[] line = new double[count];
        double[] result = new double[count];
        int[] vertices = new int[count];
        double[] crossings = new double[count + 1];
        for (int k = 0; k < squared.length / count; k++) {
            int start = k / step * step * count + k % step;
            for (int i = 0; i < count; i++) {
                line[i] = squared[start + i * step];
            }
            envelope(line, count, result, vertices, crossings);
            for (int i = 0; i < count; i++) {
                squared[start + i * step] = result[i];
            }
        }
    }

    /** result[i] = least over j of (i - j)^2 + line[j]. */
    private static void envelope(double[] line, int count, double[] result, int[] vertices, double[] crossings) {
        int last = 0;
        vertices[0] = 0;
        Arrays.fill(crossings, Double.POSITIVE_INFINITY);
        crossings[0] = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < count; i++) {
            double crossing = crossing(line, vertices[last], i);
            while (crossing <= crossings[last]) {
                last--;
                crossing = crossing(line, vertices[last], i);
            }
            last++;
            vertices[last] = i;
            crossings[last] = crossing;
            crossings[last + 1] = Double.POSITIVE_INFINITY;
        }
        int at = 0;
        for (int i = 0; i < count; i++) {
            while (crossings[at + 1] < i) {
                at++;
            }
            double step = i - vertices[at];
            result[i] = step * step + line[vertices[at]];
        }
    }

    private static double crossing(double[] line, int left, int right) {
        double leftHeight = line[left] + (double) left * left;
        double rightHeight = line[right] + (double) right * right;
        return (rightHeight - leftHeight) / (2.0 * (right - left));
    }
}
