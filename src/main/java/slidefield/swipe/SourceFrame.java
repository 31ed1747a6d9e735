package slidefield.swipe;

/**
 * Where in its source an input image was cut from: its column x is the source's column left + stepX x, and so on. Gives
 * SwIPE's source coordinate p^S in [-1, 1] over the whole source (section 2.2).
 *
 * @param left source column of the image's first column's centre, pixels
 * @param top source row of the image's first row's centre, pixels
 * @param stepX source columns from one column to the next; negative in a mirrored image
 * @param stepY source rows from one row to the next
 * @param width of the source, pixels, at least 2
 * @param height of the source, pixels, at least 2
 */
public record SourceFrame(double left, double top, double stepX, double stepY, int width, int height) {
    /** @throws IllegalArgumentException if a number is not finite or the source smaller than 2 x 2 */
    public SourceFrame {
        if (!Double.isFinite(left + top + stepX + stepY) || width < 2 || height < 2) {
            throw new IllegalArgumentException("a frame in a source of at least 2 x 2 pixels is expected, found " + left
                    + ", " + top + " by " + stepX + ", " + stepY + " in " + width + " x " + height);
        }
    }

    /**
     * @param width of the image, pixels
     * @param height of the image, pixels
     * @return the frame of an image that is its own source
     */
    public static SourceFrame whole(int width, int height) {
        return new SourceFrame(0, 0, 1, 1, width, height);
    }

    /** The x of p^S of an image's column. */
    float x(float column) {
        return PointBatch.normalised((float) (left + stepX * column), width);
    }

    /** The y of p^S of an image's row. */
    float y(float row) {
        return PointBatch.normalised((float) (top + stepY * row), height);
    }
}
