package slidefield.nic;

import java.util.BitSet;

/**
 * One orientation of a compressed slide that stays on disk: where its tissue is, found once, is all that is held; crops are
 * read row by row when they are cut.
 *
 * <p>Nothing changes after it is made: thread-safe.
 */
final class StoredGrid implements CodePlane {
    /** Values that are looked at together for tissue. */
    private static final int AT_ONCE = 1 << 22;

    private final CompressedSlide slide;
    private final GridOrientation orientation;
    private final int rows;
    private final int columns;
    private final BitSet tissue;

    private StoredGrid(CompressedSlide slide, GridOrientation orientation, BitSet tissue) {
        this.slide = slide;
        this.orientation = orientation;
        this.rows = orientation.rows(slide.rows(), slide.columns());
        this.columns = orientation.columns(slide.rows(), slide.columns());
        this.tissue = tissue;
    }

    /**
     * Reads through all codes once.
     *
     * @throws slidefield.io.InputException if the orientation is not there, or its file damaged
     */
    static StoredGrid open(CompressedSlide slide, GridOrientation orientation) {
        return open(slide, orientation, AT_ONCE);
    }

    /** With another number of values that are looked at together. */
    static StoredGrid open(CompressedSlide slide, GridOrientation orientation, int atOnce) {
        BitSet tissue = new BitSet();
        StoredGrid grid = new StoredGrid(slide, orientation, tissue);
        int step = Math.max(1, atOnce / (grid.columns * slide.code()));
        for (int top = 0; top < grid.rows; top += step) {
            int count = Math.min(step, grid.rows - top);
            CodeGrid part = slide.crop(orientation, top, 0, count, grid.columns);
            for (int i = 0; i < count * grid.columns; i++) {
                tissue.set(top * grid.columns + i, part.tissue(i / grid.columns, i % grid.columns));
            }
        }
        return grid;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int code() {
        return slide.code();
    }

    @Override
    public boolean tissue(int row, int column) {
        return tissue.get(row * columns + column);
    }

    @Override
    public void cut(int top, int left, int side, float[] into) {
        float[] read = slide.crop(orientation, top, left, side, side).values();
        System.arraycopy(read, 0, into, 0, read.length);
    }
}
