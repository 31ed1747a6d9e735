package slidefield.nic;

/** Turns patches into codes: mean colours, or a trained network. One object serves one thread at a time. */
public interface PatchEncoder extends AutoCloseable {
    /** What it is called in tables, such as "BiGAN". */
    String name();

    /** Tells it from others of the same name: what is equal gives the same codes. */
    default String identity() {
        return name();
    }

    /** P, pixels along both sides of a patch. */
    int patch();

    /** Colours of a pixel: 3, red first, or 1, grey. */
    int colours();

    /** C, values of a code. */
    int code();

    /**
     * @param patches N x P x P x colours, row-major, in [-1, 1]
     * @return N x C, row-major
     * @throws IllegalArgumentException if the values are not those of whole patches
     */
    float[] encode(float[] patches);

    /** Gives memory outside the heap back; nothing can be encoded afterwards. */
    @Override
    void close();
}
