package slidefield.nic;

/**
 * A picture that patches are cut from: a slide at one resolution, or a synthetic image.
 *
 * <p>Reading is safe from several threads at once.
 */
public interface PixelPlane {
    /** For messages and progress. */
    String name();

    /** Pixels along x. */
    int width();

    /** Pixels along y. */
    int height();

    /** Colours of a pixel: 3, red first, or 1, grey. */
    int colours();

    /**
     * @param x left edge
     * @param y top edge
     * @param w pixels
     * @param h pixels; the right and the lower edge may lie outside, which is background
     * @param into at least h x w x colours values, filled row by row with values in [-1, 1]
     */
    void read(int x, int y, int w, int h, float[] into);

    /** Whether a square may hold something, judged without its pixels; what cannot is not read. */
    boolean mayHold(int x, int y, int side);

    /**
     * Whether a patch is encoded. All others get a code of zeros.
     *
     * @param patch side x side x colours values in [-1, 1]
     */
    boolean holds(float[] patch);
}
