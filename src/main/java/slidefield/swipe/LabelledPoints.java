package slidefield.swipe;

import java.util.List;
import java.util.Random;

/**
 * Points with the class that each lies in.
 *
 * @param points where they lie
 * @param classes the class of each, in the points' order; 0 is background
 */
public record LabelledPoints(PointBatch points, int[] classes) {
    /** @throws IllegalArgumentException if there are not as many classes as points */
    public LabelledPoints {
        if (classes.length != points.count()) {
            throw new IllegalArgumentException(
                    "expected a class for each of " + points.count() + " points, found " + classes.length);
        }
    }

    /**
     * Draws the points of a step, of every image as {@link BalancedDraw} does.
     *
     * @param pools one per image of the batch
     * @param perImage points of each image, at least 1 (SwIPE: 1000)
     * @param random source of all randomness
     */
    public static LabelledPoints draw(List<PointPool> pools, int perImage, Random random) {
        int count = Math.multiplyExact(pools.size(), perImage);
        float[] x = new float[count];
        float[] y = new float[count];
        int[] classes = new int[count];
        int at = 0;
        for (PointPool pool : pools) {
            int c = 0;
            for (int index : BalancedDraw.of(pool.start(), perImage, random)) {
                while (index >= pool.start()[c + 1]) {
                    c++;
                }
                x[at] = pool.x()[index];
                y[at] = pool.y()[index];
                classes[at++] = c;
            }
        }
        return new LabelledPoints(new PointBatch(pools.size(), perImage, x, y), classes);
    }
}
