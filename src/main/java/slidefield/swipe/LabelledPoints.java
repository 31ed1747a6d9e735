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
     * Draws the points of a step: as many of every class that an image's pool holds, background among them (those that
     * cannot be shared out evenly go to one class more each, at random). A class with fewer points than that gives each
     * of them before it gives one again.
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
            int[] shares = shares(pool, perImage, random);
            for (int c = 0; c < shares.length; c++) {
                int[] order = null;
                for (int k = 0; k < shares[c]; k++) {
                    int turn = k % pool.count(c);
                    order = turn == 0 ? shuffled(pool.count(c), shares[c] - k, random) : order;
                    x[at] = pool.x()[pool.start()[c] + order[turn]];
                    y[at] = pool.y()[pool.start()[c] + order[turn]];
                    classes[at++] = c;
                }
            }
        }
        return new LabelledPoints(new PointBatch(pools.size(), perImage, x, y), classes);
    }

    /** How many points of each class. */
    private static int[] shares(PointPool pool, int perImage, Random random) {
        int[] shares = new int[pool.classes()];
        int present = 0;
        for (int c = 0; c < shares.length; c++) {
            present += pool.count(c) > 0 ? 1 : 0;
        }
        int turn = random.nextInt(present);
        for (int c = 0; c < shares.length; c++) {
            if (pool.count(c) > 0) {
                shares[c] = perImage / present + (turn < perImage % present ? 1 : 0);
                turn = (turn + 1) % present;
            }
        }
        return shares;
    }

    /** The first {@code wanted} of a random order of all numbers below {@code count}, the rest in any order. */
    private static int[] shuffled(int count, int wanted, Random random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int i = 0; i < Math.min(count, wanted); i++) {
            int j = i + random.nextInt(count - i);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
