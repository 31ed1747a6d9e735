package slidefield.field;

/**
 * A dense grid of coordinates of one slide, the unit of a training step. The point in column {@code i} and row
 * {@code j} lies at {@code (x + i * stepX, y + j * stepY)}, in coordinates where the slide's longer side spans
 * [0, 1] and the other keeps the aspect ratio (WSI-INR section 3); points are pixel centres.
 *
 * @param x first column's coordinate
 * @param y first row's coordinate
 * @param stepX distance of neighbouring columns
 * @param stepY distance of neighbouring rows
 * @param width columns
 * @param height rows
 */
public record Window(double x, double y, double stepX, double stepY, int width, int height) {
    public Window {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a window needs at least one point, got " + width + " x " + height);
        }
        if (!(stepX > 0 && stepY > 0 && Double.isFinite(stepX) && Double.isFinite(stepY))) {
            throw new IllegalArgumentException("a window's steps must be positive, got " + stepX + " and " + stepY);
        }
    }

    /**
     * The window over pixels {@code [left, left + width) x [top, top + height)} of a plane, at their centres.
     *
     * @param planeWidth pixels of the whole plane
     * @param planeHeight pixels of the whole plane
     * @param aspect the slide's width over its height, which the plane's rounded size only approximates
     * @param left first pixel column
     * @param top first pixel row
     * @param width columns
     * @param height rows
     * @return the window; the same point of the slide has the same coordinate at every resolution
     */
    public static Window of(int planeWidth, int planeHeight, double aspect, int left, int top, int width, int height) {
        double stepX = Math.min(1, aspect) / planeWidth;
        double stepY = Math.min(1, 1 / aspect) / planeHeight;
        return new Window((left + 0.5) * stepX, (top + 0.5) * stepY, stepX, stepY, width, height);
    }

    /** Points in the window. */
    public int points() {
        return Math.multiplyExact(width, height);
    }
}
