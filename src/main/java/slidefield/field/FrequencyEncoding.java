package slidefield.field;

/**
 * NeRF's positional encoding: {@code sin(2^k pi p), cos(2^k pi p)} for {@code k = 0 .. frequencies - 1} and both
 * axes, optionally with the two coordinates themselves in front (WSI-INR Table 2, reference [13]).
 *
 * <p>Holds no state that changes: thread-safe.
 */
public final class FrequencyEncoding extends FixedEncoding {
    private final int frequencies;
    private final boolean raw;

    /**
     * @param frequencies octaves per axis, 1 to 30; the paper's table uses NeRF's 10
     * @param raw whether the two coordinates come first
     */
    public FrequencyEncoding(int frequencies, boolean raw) {
        if (frequencies < 1 || frequencies > 30) {
            throw new IllegalArgumentException("frequencies must be 1 to 30, got " + frequencies);
        }
        this.frequencies = frequencies;
        this.raw = raw;
    }

    @Override
    public int features() {
        return 4 * frequencies + (raw ? 2 : 0);
    }

    @Override
    void encodePoint(double x, double y, double[] features) {
        int at = 0;
        if (raw) {
            features[at++] = x;
            features[at++] = y;
        }
        double scale = Math.PI;
        for (int k = 0; k < frequencies; k++, scale *= 2) {
            features[at++] = StrictMath.sin(scale * x);
            features[at++] = StrictMath.cos(scale * x);
            features[at++] = StrictMath.sin(scale * y);
            features[at++] = StrictMath.cos(scale * y);
        }
    }
}
