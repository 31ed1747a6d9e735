package slidefield.swipe;

/**
 * The Fourier features of a patch coordinate that the released code gives to D^P (the paper has none): for each of the
 * frequencies f = 2^0, 2^1.2, ..., 2^6 the values sin(f x), sin(f y), cos(f x), cos(f y), without a factor pi.
 */
final class FourierFeatures {
    private static final double[] FREQUENCIES = {
        1, Math.pow(2, 1.2), Math.pow(2, 2.4), Math.pow(2, 3.6), Math.pow(2, 4.8), 64
    };

    /** Values per point. */
    static final int COUNT = 4 * FREQUENCIES.length;

    private FourierFeatures() {}

    /** Writes {@link #COUNT} values of the point (x, y) from {@code at} on. */
    static void write(double x, double y, float[] into, int at) {
        int next = at;
        for (double frequency : FREQUENCIES) {
            into[next++] = (float) Math.sin(frequency * x);
            into[next++] = (float) Math.sin(frequency * y);
            into[next++] = (float) Math.cos(frequency * x);
            into[next++] = (float) Math.cos(frequency * y);
        }
    }
}
