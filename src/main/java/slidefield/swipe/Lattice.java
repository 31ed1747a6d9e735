package slidefield.swipe;

/**
 * Points in rows and columns at which an image is asked: as many as wanted, wherever wanted. Point (i, j) is row after row
 * at index j width + i.
 *
 * @param width points across
 * @param height points downwards
 * @param left column of the first point, fractional pixels of the image
 * @param top row of the first point
 * @param stepX pixels from one point to the next
 * @param stepY pixels from one row of points to the next
 */
public record Lattice(int width, int height, double left, double top, double stepX, double stepY) {
    /** @throws IllegalArgumentException if there is no point, too many, or a number is not finite */
    public Lattice {
        if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE / 64) {
            throw new IllegalArgumentException("a lattice of 1 to " + Integer.MAX_VALUE / 64
                    + " points is expected, found " + width + " x " + height);
        }
        if (!Double.isFinite(left + top + stepX + stepY)) {
            throw new IllegalArgumentException("a lattice of finite places is expected, found " + left + ", " + top
                    + " by " + stepX + ", " + stepY);
        }
    }

    /**
     * @param width of the image, pixels
     * @param height of the image, pixels
     * @return every pixel's centre
     */
    public static Lattice pixels(int width, int height) {
        return new Lattice(width, height, 0, 0, 1, 1);
    }

    /**
     * The pixel centres of a mask of another size that covers the same area.
     *
     * @param width of the image, pixels
     * @param height of the image, pixels
     * @param columns of the mask
     * @param rows of the mask
     * @return columns x rows points
     */
    public static Lattice resized(int width, int height, int columns, int rows) {
        double stepX = (double) width / columns;
        double stepY = (double) height / rows;
        return new Lattice(columns, rows, (stepX - 1) / 2, (stepY - 1) / 2, stepX, stepY);
    }

    /** @return how many points there are */
    public int count() {
        return width * height;
    }

    float x(int index) {
        return (float) (left + index % width * stepX);
    }

    float y(int index) {
        return (float) (top + index / width * stepY);
    }
}
