package slidefield.swipe;

import java.util.Arrays;

/**
 * Points of an image or a volume that are sampled before training, sorted by class: points of class {@code c} are those
 * from {@code start[c]} to {@code start[c + 1] - 1}.
 *
 * @param places of each axis, x first, as many fractional pixel indices as points
 * @param start where the points of each class begin, background first, and the number of points; a class may have none
 */
public record SampledPoints(float[][] places, int[] start) {
    /** @throws IllegalArgumentException if the arrays do not belong together */
    public SampledPoints {
        requireSorted(places, start);
    }

    static void requireSorted(float[][] places, int[] start) {
        int count = places.length == 0 ? 0 : places[0].length;
        boolean sorted = start.length >= 3 && start[0] == 0 && start[start.length - 1] == count;
        for (int c = 1; c < start.length; c++) {
            sorted &= start[c] >= start[c - 1];
        }
        for (float[] axis : places) {
            sorted &= axis.length == count;
        }
        if (!sorted || count == 0) {
            throw new IllegalArgumentException("expected points sorted by class, found " + count + " of "
                    + places.length + " axes and starts at " + Arrays.toString(start));
        }
    }

    /** How many points there are. */
    public int count() {
        return places[0].length;
    }

    /** Classes, background among them; some may have no point. */
    public int classes() {
        return start.length - 1;
    }

    /** Points of a class. */
    public int count(int ofClass) {
        return start[ofClass + 1] - start[ofClass];
    }
}
