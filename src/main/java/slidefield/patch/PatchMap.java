package slidefield.patch;

import java.util.Arrays;
import slidefield.fit.Part;
import slidefield.fit.Plane;

/**
 * Where patch centres may lie: the tissue of one slide, in cells that are few enough to be looked through, lesion and
 * normal apart.
 */
final class PatchMap {
    private static final long MOST_CELLS = 1 << 20;
    private static final double LEAST_TISSUE = 0.5;

    /** What a cell is. */
    enum Kind {
        GLASS,
        NORMAL,
        LESION
    }

    private final int width;
    private final int height;
    private final Kind[] kinds;
    private final double cellWidth;
    private final double cellHeight;

    private PatchMap(int width, int height, Kind[] kinds, double cellWidth, double cellHeight) {
        this.width = width;
        this.height = height;
        this.kinds = kinds;
        this.cellWidth = cellWidth;
        this.cellHeight = cellHeight;
    }

    /**
     * Looks through an annotated slide.
     *
     * @param finest the slide at the finest scale
     */
    static PatchMap of(Plane finest) {
        int factor = 1;
        while ((long) (finest.width() / factor) * (finest.height() / factor) > MOST_CELLS) {
            factor *= 2;
        }
        Plane plane = finest.coarser(factor);
        int width = plane.width();
        Kind[] kinds = new Kind[width * plane.height()];
        float[] row = new float[width];
        for (int y = 0; y < plane.height(); y++) {
            plane.lesion(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                boolean tissue = plane.tissue(x, y, 1, 1) >= LEAST_TISSUE;
                kinds[y * width + x] = !tissue ? Kind.GLASS : row[x] > 0 ? Kind.LESION : Kind.NORMAL;
            }
        }
        return new PatchMap(
                width,
                plane.height(),
                kinds,
                (double) finest.width() / width,
                (double) finest.height() / plane.height());
    }

    /** The cells of one kind that lie within a part, which is in pixels of the finest scale. */
    int[] cells(Kind kind, Part part) {
        int left = (int) Math.ceil(part.x() / cellWidth - 1e-6);
        int top = (int) Math.ceil(part.y() / cellHeight - 1e-6);
        int right = (int) Math.floor((part.x() + part.width()) / cellWidth + 1e-6);
        int bottom = (int) Math.floor((part.y() + part.height()) / cellHeight + 1e-6);
        int[] found = new int[Math.max(0, right - left) * Math.max(0, bottom - top)];
        int count = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                if (kinds[y * width + x] == kind) {
                    found[count++] = y * width + x;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Cells along x. */
    int width() {
        return width;
    }

    /** Cells along y. */
    int height() {
        return height;
    }

    /**
     * A place within a cell, in pixels of the finest scale from the left edge.
     *
     * @param within 0 to 1
     */
    double x(int cell, double within) {
        return (cell % width + within) * cellWidth;
    }

    /** The same from the top edge. */
    double y(int cell, double within) {
        return (cell / width + within) * cellHeight;
    }
}
