package slidefield.nic;

/**
 * Grey patches, kept as bytes. Not copied: who makes it gives its array away.
 *
 * @param side pixels along both sides of each
 * @param values N x side x side, row-major, 0 black to 255 white
 */
public record GreyPatches(int side, byte[] values) {
    /** @throws IllegalArgumentException if the side is not positive or the values are not those of whole patches */
    public GreyPatches {
        if (side < 1 || values.length % ((long) side * side) != 0) {
            throw new IllegalArgumentException(values.length + " values are not whole patches of " + side + " x " + side);
        }
    }

    /** N. */
    public int count() {
        return values.length / (side * side);
    }

    /**
     * Some of them as encoders take them.
     *
     * @param from the first
     * @param count how many
     * @return count x side x side x 1 in [-1, 1]: value / 255 * 2 - 1
     */
    public float[] scaled(int from, int count) {
        float[] scaled = new float[count * side * side];
        int start = from * side * side;
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = scaled(values[start + i]);
        }
        return scaled;
    }

    /** 0 to -1, 255 to 1. */
    static float scaled(byte value) {
        return (value & 0xff) / 255f * 2 - 1;
    }
}
