package slidefield.swipe;

/**
 * The Fourier features of a patch coordinate that the released code gives to D^P (the paper has none): for each of the
 * frequencies f = 2^0, 2^1.2, ..., 2^6 the values sin(f x), sin(f y), cos(f x), cos(f y), without a factor pi; in a volume
 * with a third axis likewise.
 */
public final class FourierFeatures {
    private static final double[] FREQUENCIES = {
        1, Math.pow(2, 1.2), Math.pow(2, 2.4), Math.pow(2, 3.6), Math.pow(2, 4.8), 64
    };

    private FourierFeatures() {}

    /**
     * @param axes of a point
     * @return values per point
     */
    public static int count(int axes) {
        return 2 * axes * FREQUENCIES.length;
    }

    /**
     * Writes the features of a point.
     *
     * @param into receives {@link #count} values
     * @param at index of the first one
     * @param place of the point along each axis, x first
     */
    public static void write(float[] into, int at, double... place) {
        int next = at;
        for (double frequency : FREQUENCIES) {
            for (double along : place) {
                into[next++] = (float) Math.sin(frequency * along);
            }
            for (double along : place) {
                into[next++] = (float) Math.cos(frequency * along);
            }
        }
    }
}
