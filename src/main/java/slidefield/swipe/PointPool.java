package slidefield.swipe;

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
        SampledPoints.requireSorted(new float[][] {x, y}, start);
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
     * Samples the points of an image, see {@link PointSampler#sample}.
     *
     * @param image the image
     * @param classes foreground classes of the data set, at least 1
     * @param options how many and where
     * @param seed the same seed gives the same points of the same image
     */
    public static PointPool sample(LabelledImage image, int classes, PoolOptions options, long seed) {
        SampledPoints found = PointSampler.sample(
                image.name(), image.classes(), classes, options, seed, image.width(), image.height());
        return new PointPool(found.places()[0], found.places()[1], found.start());
    }
}
