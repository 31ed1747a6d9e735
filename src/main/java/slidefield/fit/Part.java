package slidefield.fit;

/**
 * A rectangle of pixels of a plane.
 *
 * @param x left column
 * @param y top row
 * @param width columns
 * @param height rows
 */
public record Part(int x, int y, int width, int height) {
    /** This part widened by {@code margin} on every side, within a plane. */
    public Part grown(int margin, Plane plane) {
        int left = Math.max(0, x - margin);
        int top = Math.max(0, y - margin);
        int right = Math.min(plane.width(), x + width + margin);
        int bottom = Math.min(plane.height(), y + height + margin);
        return new Part(left, top, right - left, bottom - top);
    }

    /** Pixels. */
    public int area() {
        return width * height;
    }
}
