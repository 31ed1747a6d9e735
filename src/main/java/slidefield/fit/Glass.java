package slidefield.fit;

import java.util.Arrays;

/**
 * What is said of bare glass: no window there was fitted, so the field's own answer means nothing. A pixel is glass if
 * there is next to no tissue around its block.
 */
public final class Glass {
    private static final int BLOCK = 16;

    /** A smaller share is a speck of dust. */
    private static final double LEAST_TISSUE = 0.05;

    private Glass() {}

    /**
     * Answers background and white where a part of a plane is glass.
     *
     * @param lesion height x width probabilities, changed in place
     * @param colours height x width x 3, changed in place; null where there are none
     * @return height x width, true where the pixel is not glass
     */
    public static boolean[] clear(Plane plane, Part part, float[] lesion, float[] colours) {
        boolean[] tissue = new boolean[part.area()];
        Arrays.fill(tissue, true);
        for (int y = part.y() / BLOCK * BLOCK; y < part.y() + part.height(); y += BLOCK) {
            for (int x = part.x() / BLOCK * BLOCK; x < part.x() + part.width(); x += BLOCK) {
                if (isGlass(plane, x, y)) {
                    clear(part, x, y, lesion, colours, tissue);
                }
            }
        }
        return tissue;
    }

    /** Whether every pixel of a part is glass, so that nothing need be known of it. */
    public static boolean covers(Plane plane, Part part) {
        for (int y = part.y() / BLOCK * BLOCK; y < part.y() + part.height(); y += BLOCK) {
            for (int x = part.x() / BLOCK * BLOCK; x < part.x() + part.width(); x += BLOCK) {
                if (!isGlass(plane, x, y)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the block at (x, y) is glass. */
    private static boolean isGlass(Plane plane, int x, int y) {
        Part around = new Part(x, y, BLOCK, BLOCK).grown(BLOCK / 2, plane);
        return plane.tissue(around.x(), around.y(), around.width(), around.height()) < LEAST_TISSUE;
    }

    /** Clears the pixels that a part and the block at (x, y) have in common. */
    private static void clear(Part part, int x, int y, float[] lesion, float[] colours, boolean[] tissue) {
        int left = Math.max(x, part.x()) - part.x();
        int right = Math.min(x + BLOCK, part.x() + part.width()) - part.x();
        int top = Math.max(y, part.y()) - part.y();
        int bottom = Math.min(y + BLOCK, part.y() + part.height()) - part.y();
        for (int j = top; j < bottom; j++) {
            int row = j * part.width();
            Arrays.fill(lesion, row + left, row + right, 0f);
            if (colours != null) {
                Arrays.fill(colours, 3 * (row + left), 3 * (row + right), 1f);
            }
            Arrays.fill(tissue, row + left, row + right, false);
        }
    }
}
