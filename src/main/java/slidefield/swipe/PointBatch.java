package slidefield.swipe;

/**
 * The points of a batch of images, as many in each, image after image: point {@code k} of image {@code n} is at index
 * {@code n * perImage + k}.
 *
 * @param images how many images, at least 1
 * @param perImage points of each, at least 1
 * @param x columns as fractional pixel indices, {@code images * perImage}; whole numbers are pixel centres
 * @param y rows, as long
 */
public record PointBatch(int images, int perImage, float[] x, float[] y) {
    /** @throws IllegalArgumentException if there are not as many coordinates as points, or one is no finite number */
    public PointBatch {
        if (images < 1 || perImage < 1) {
            throw new IllegalArgumentException(
                    "expected at least one image and one point, found " + images + " x " + perImage);
        }
        int count = Math.multiplyExact(images, perImage);
        if (x.length != count || y.length != count) {
            throw new IllegalArgumentException("expected " + images + " x " + perImage + " points, found " + x.length
                    + " columns and " + y.length + " rows");
        }
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(x[i]) || !Float.isFinite(y[i])) {
                throw new IllegalArgumentException("point " + i + " is at (" + x[i] + ", " + y[i] + ")");
            }
        }
    }

    /** How many points there are in all: {@code images * perImage}. */
    public int count() {
        return images * perImage;
    }

    /**
     * SwIPE's image coordinate p^I (section 2, and the released code).
     *
     * @param pixel a column or row as fractional pixel index
     * @param size pixels along that axis, at least 2
     * @return {@code 2 pixel / (size - 1) - 1}: -1 at the first pixel's centre, 1 at the last one's
     */
    public static float normalised(float pixel, int size) {
        return 2 * pixel / (size - 1) - 1;
    }
}
