package slidefield.nn.kernels;

/** bf16 is the upper half of a float32: its sign, its 8 bits of exponent and the first 7 of its fraction. */
final class Bfloat16 {
    /** Different bf16 values, NaNs included. */
    static final int VALUES = 1 << 16;

    private Bfloat16() {}

    /** The float32 of 16 bits. */
    static float decode(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The 16 bits of the nearest bf16, to even where two are as near. */
    static short encode(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
}
