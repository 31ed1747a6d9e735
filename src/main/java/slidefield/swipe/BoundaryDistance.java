package slidefield.swipe;

import java.util.Arrays;

/**
 * Exact Euclidean distances on the pixel grid, in time proportional to the pixels (Felzenszwalb and Huttenlocher 2012:
 * the lower envelope of parabolas, along columns and then along rows).
 */
final class BoundaryDistance {
    /** Larger than any squared distance of an image, and exact in double arithmetic. */
    private static final double FAR = 1e12;

    private BoundaryDistance() {}

    /**
     * How deep every pixel lies in its mask.
     *
     * @param inside {@code height x width}, row-major
     * @param width columns
     * @param height rows
     * @return distances in pixels from pixel centre to the centre of the nearest pixel outside: 1 at the boundary, 0
     *     outside, infinite where nothing lies outside (the image's edge is no boundary)
     */
    static float[] inside(boolean[] inside, int width, int height) {
        double[] squared = new double[inside.length];
        for (int i = 0; i < inside.length; i++) {
            squared[i] = inside[i] ? FAR : 0;
        }
        int longer = Math.max(width, height);
        double[] line = new double[longer];
        double[] result = new double[longer];
        int[] vertices = new int[longer];
        double[] crossings = new double[longer + 1];
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                line[y] = squared[y * width + x];
            }
            envelope(line, height, result, vertices, crossings);
            for (int y = 0; y < height; y++) {
                squared[y * width + x] = result[y];
            }
        }
        float[] distance = new float[inside.length];
        for (int y = 0; y < height; y++) {
            System.arraycopy(squared, y * width, line, 0, width);
            envelope(line, width, result, vertices, crossings);
            for (int x = 0; x < width; x++) {
                distance[y * width + x] = result[x] >= FAR / 2 ? Float.POSITIVE_INFINITY : (float) Math.sqrt(result[x]);
            }
        }
        return distance;
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
