package slidefield.swipe;

import java.util.Random;

/**
 * Latin hypercube sampling of a region of pixels (SwIPE, section 2.3): n points of which every one of n equal columns
 * and every one of n equal rows of the region's bounding box holds exactly one; those outside the region are drawn anew.
 */
final class LatinHypercube {
    /** Points of one hypercube at most: a region that fills little of its box takes several. */
    private static final int LARGEST = 1 << 18;

    private final boolean[] region;
    private final int width;
    private final int height;
    private double left = Double.POSITIVE_INFINITY;
    private double top = Double.POSITIVE_INFINITY;
    private double right = Double.NEGATIVE_INFINITY;
    private double bottom = Double.NEGATIVE_INFINITY;
    private int pixels;
    private final double box;

    /**
     * @param region pixels that may be drawn, row-major
     * @param width columns
     * @param height rows
     */
    LatinHypercube(boolean[] region, int width, int height) {
        this.region = region;
        this.width = width;
        this.height = height;
        for (int i = 0; i < region.length; i++) {
            if (region[i]) {
                pixels++;
                left = Math.min(left, i % width - 0.5);
                right = Math.max(right, i % width + 0.5);
                top = Math.min(top, i / width - 0.5);
                bottom = Math.max(bottom, i / width + 0.5);
            }
        }
        box = pixels == 0 ? 0 : (right - left) * (bottom - top);
        // Points lie between the centres of the first and the last pixels: there the image coordinate is -1 to 1.
        left = Math.max(0, left);
        top = Math.max(0, top);
        right = Math.min(width - 1, right);
        bottom = Math.min(height - 1, bottom);
    }

    /** Whether no pixel may be drawn. */
    boolean isEmpty() {
        return pixels == 0;
    }

    /** The pixel that holds a point: the one with the nearest centre. */
    static int pixel(float x, float y, int width, int height) {
        int column = Math.min(width - 1, Math.max(0, (int) Math.floor(x + 0.5f)));
        int row = Math.min(height - 1, Math.max(0, (int) Math.floor(y + 0.5f)));
        return row * width + column;
    }

    /**
     * Draws points.
     *
     * @param points receives as many as {@code to - from}
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
            int[] rows = permutation(strata, random);
            int[] order = permutation(strata, random);
            for (int k = 0; k < strata && at < to; k++) {
                float x = place(left, right, order[k], strata, random);
                float y = place(top, bottom, rows[k], strata, random);
                if (region[pixel(x, y, width, height)]) {
                    points[0][at] = x;
                    points[1][at] = y;
                    at++;
                }
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
