package slidefield.swipe;

import java.util.Random;

/** Which of the points sampled beforehand a training step sees. */
public final class BalancedDraw {
    private BalancedDraw() {}

    /**
     * Draws as many points of every class that there is, background among them (those that cannot be shared out evenly go
     * to one class more each, at random). A class with fewer points than that gives each of them before it gives one
     * again.
     *
     * @param start where the points of each class begin, and the number of points
     * @param count how many are drawn
     * @param random source of all randomness
     * @return indices of points, in the order of their classes
     */
    public static int[] of(int[] start, int count, Random random) {
        int[] shares = shares(start, count, random);
        int[] drawn = new int[count];
        int at = 0;
        for (int c = 0; c < shares.length; c++) {
            int points = start[c + 1] - start[c];
            int[] order = null;
            for (int k = 0; k < shares[c]; k++) {
                int turn = k % points;
                order = turn == 0 ? shuffled(points, shares[c] - k, random) : order;
                drawn[at++] = start[c] + order[turn];
            }
        }
        return drawn;
    }

    /** How many points of each class. */
    private static int[] shares(int[] start, int count, Random random) {
        int[] shares = new int[start.length - 1];
        int present = 0;
        for (int c = 0; c < shares.length; c++) {
            present += start[c + 1] > start[c] ? 1 : 0;
        }
        int turn = random.nextInt(present);
        for (int c = 0; c < shares.length; c++) {
            if (start[c + 1] > start[c]) {
                shares[c] = count / present + (turn < count % present ? 1 : 0);
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
