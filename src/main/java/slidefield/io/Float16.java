package slidefield.io;

/** Numbers of 16 bits as IEEE 754 calls binary16: 1 sign, 5 exponent and 10 fraction bits. */
public final class Float16 {
    /** From here on, rounding leads beyond the largest number, 65504. */
    public static final float LIMIT = 65520;

    private static final int SIGN = 0x8000;
    private static final int INFINITE = 0x7C00;
    /** Below are the numbers without a leading one. */
    private static final int LEAST_NORMAL = 0x400;

    private static final int NO_NUMBER = 0x7E00;
    /** Difference of both formats' exponents, in its place in a float. */
    private static final int BIAS = 112 << 23;

    private Float16() {}

    /** The nearest number of 16 bits, of two the one whose last bit is 0; infinite from {@link #LIMIT} on. */
    public static short bits(float value) {
        int all = Float.floatToRawIntBits(value);
        int sign = (all >>> 16) & SIGN;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) NO_NUMBER;
        }
        if (magnitude >= LIMIT) {
            return (short) (sign | INFINITE);
        }
        if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24f));
        }
        int bits = all & Integer.MAX_VALUE;
        int rounded = bits + 0xFFF + ((bits >>> 13) & 1);
        return (short) (sign | ((rounded - BIAS) >>> 13));
    }

    /** The same number as a float, without loss. */
    public static float value(short bits) {
        int magnitude = bits & Short.MAX_VALUE;
        float value = magnitude < LEAST_NORMAL
                ? magnitude * 0x1p-24f
                : Float.intBitsToFloat((magnitude << 13) + (magnitude < INFINITE ? BIAS : 2 * BIAS));
        return bits < 0 ? -value : value;
    }
}
