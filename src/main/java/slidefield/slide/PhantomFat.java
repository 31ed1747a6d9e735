package slidefield.slide;

/**
 * Fat cells: round empty holes with thin pink walls, packed where the layout says so and single elsewhere. Neighbours
 * share a wall half way between them (a power diagram of discs).
 */
final class PhantomFat {
    private static final double GRID = 42;
    private static final float LARGEST = 32;
    private static final float WALL = 1.3f;

    private final long seed;
    private final PhantomLayout layout;

    PhantomFat(long seed, PhantomLayout layout) {
        this.seed = seed + 51;
        this.layout = layout;
    }

    void draw(PhantomCanvas canvas) {
        int side = canvas.side;
        float[] first = null;
        float[] second = null;
        double extent = side * canvas.mpp;
        int x1 = (int) Math.floor((canvas.left + extent + LARGEST) / GRID);
        int y1 = (int) Math.floor((canvas.top + extent + LARGEST) / GRID);
        for (int j = (int) Math.floor((canvas.top - LARGEST) / GRID); j <= y1; j++) {
            for (int i = (int) Math.floor((canvas.left - LARGEST) / GRID); i <= x1; i++) {
                long cell = PhantomNoise.cell(seed, i, j);
                double x = (i + 0.1 + 0.8 * PhantomNoise.unit(cell, 1)) * GRID;
                double y = (j + 0.1 + 0.8 * PhantomNoise.unit(cell, 2)) * GRID;
                float radius = LARGEST * (0.62f + 0.38f * PhantomNoise.unit(cell, 3));
                if (!present(x, y, radius, cell)) {
                    continue;
                }
                if (first == null) {
                    first = new float[side * side];
                    second = new float[side * side];
                }
                disc(canvas, x, y, radius, first, second);
            }
        }
        if (first != null) {
            empty(canvas, first, second);
        }
    }

    private boolean present(double x, double y, float radius, long cell) {
        if (layout.tissue(x, y) < radius) {
            return false;
        }
        float lesion = layout.lesion(x, y);
        return lesion < -radius - 4 && PhantomNoise.unit(cell, 0) < layout.fat(x, y, lesion);
    }

    /** Keeps the two deepest depths per pixel; a depth is micrometres inside a disc's rim. */
    private static void disc(PhantomCanvas canvas, double x, double y, float radius, float[] first, float[] second) {
        int side = canvas.side;
        int x0 = Math.max(0, (int) Math.floor((x - radius - canvas.left) / canvas.mpp));
        int x1 = Math.min(side - 1, (int) Math.ceil((x + radius - canvas.left) / canvas.mpp));
        int y0 = Math.max(0, (int) Math.floor((y - radius - canvas.top) / canvas.mpp));
        int y1 = Math.min(side - 1, (int) Math.ceil((y + radius - canvas.top) / canvas.mpp));
        for (int row = y0; row <= y1; row++) {
            for (int column = x0; column <= x1; column++) {
                float dx = (float) (canvas.x(column) - x);
                float dy = (float) (canvas.y(row) - y);
                float depth = (radius * radius - dx * dx - dy * dy) / (2 * radius);
                int at = row * side + column;
                if (depth > first[at]) {
                    second[at] = first[at];
                    first[at] = depth;
                } else if (depth > second[at]) {
                    second[at] = depth;
                }
            }
        }
    }

    private static void empty(PhantomCanvas canvas, float[] first, float[] second) {
        float soft = (float) Math.max(0.6, 0.6 * canvas.mpp);
        for (int at = 0; at < first.length; at++) {
            if (first[at] > 0) {
                float hole = PhantomNoise.step(WALL - soft, WALL + soft, Math.min(first[at], first[at] - second[at]));
                canvas.e[at] *= 1 - 0.97f * hole;
                canvas.h[at] *= 1 - 0.97f * hole;
            }
        }
    }
}
