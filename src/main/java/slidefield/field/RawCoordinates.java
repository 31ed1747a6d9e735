package slidefield.field;

/**
 * No encoding at all: the two coordinates themselves ("w/o encoding" in WSI-INR Table 2).
 *
 * <p>Holds no state: thread-safe.
 */
public final class RawCoordinates extends FixedEncoding {
    @Override
    public int features() {
        return 2;
    }

    @Override
    void encodePoint(double x, double y, double[] features) {
        features[0] = x;
        features[1] = y;
    }
}
