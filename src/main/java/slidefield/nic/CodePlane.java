package slidefield.nic;

/**
 * The codes at the places of a compressed slide, wherever they are kept: in memory ({@link CodeGrid}) or on disk.
 *
 * <p>Thread-safe where nobody changes the codes meanwhile.
 */
public interface CodePlane {
    /** Rows of patches. */
    int rows();

    /** Columns of patches. */
    int columns();

    /** C, values of a code. */
    int code();

    /** @return whether any value of a place is not zero: whether there is tissue */
    boolean tissue(int row, int column);

    /**
     * Cuts a square crop out; what lies outside the grid is 0.
     *
     * @param top first row; may lie outside
     * @param left first column; may lie outside
     * @param side R, places along both sides
     * @param into filled, R x R x C, row-major
     */
    void cut(int top, int left, int side, float[] into);
}
