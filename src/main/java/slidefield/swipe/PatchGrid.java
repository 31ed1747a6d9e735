package slidefield.swipe;

/**
 * How an image is divided into patches: squares of S pixels, side by side from the upper left corner. The centre of patch
 * k is at k S + S / 2 pixels, as in the released code.
 *
 * @param height of the image, pixels, a multiple of the patch
 * @param width of the image, pixels, a multiple of the patch
 * @param patch S, pixels
 */
record PatchGrid(int height, int width, int patch) {
    int rows() {
        return height / patch;
    }

    int columns() {
        return width / patch;
    }

    int count() {
        return rows() * columns();
    }

    /** The row of patches of a pixel row, the nearest one for points outside. */
    int row(float y) {
        return nearest(y, rows());
    }

    /** The column of patches of a pixel column, the nearest one for points outside. */
    int column(float x) {
        return nearest(x, columns());
    }

    /** The patch of a point, row after row. */
    int of(float x, float y) {
        return row(y) * columns() + column(x);
    }

    private int nearest(float pixel, int count) {
        return Math.max(0, Math.min(count - 1, (int) Math.floor(pixel / patch)));
    }

    /** The x of a patch's centre c, in [-1, 1] as p^I is. */
    float centreX(int index) {
        return PointBatch.normalised(index % columns() * patch + patch / 2f, width);
    }

    /** The y of a patch's centre c, in [-1, 1] as p^I is. */
    float centreY(int index) {
        return PointBatch.normalised(index / columns() * patch + patch / 2f, height);
    }
}
