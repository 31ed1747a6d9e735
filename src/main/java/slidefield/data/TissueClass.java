package slidefield.data;

/**
 * A class of tissue and the value that it has in {@link TissueMask}s.
 *
 * <p>Immutable: thread-safe.
 *
 * @param name for tables
 * @param value of the masks' pixels, 0 to 255
 */
public record TissueClass(String name, Integer value) {
    private static final int MOST = 255;

    /** @throws slidefield.io.InputException if a value cannot be used; the message starts with its key */
    public TissueClass {
        Rules.label("name", Rules.present("name", name, "the tissue's name"));
        Rules.present("value", value, "the masks' value of " + name);
        if (value < 0 || value > MOST) {
            throw new BadKeyException("value", "expected a pixel's value, 0 to " + MOST + ", found " + value);
        }
    }
}
