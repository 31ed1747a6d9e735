package slidefield.nn.kernels;

/**
 * Results that are weighted sums of a few rows of a matrix each: interpolation at points.
 *
 * @param count rows that each result is made of
 * @param rows their indices, result after result; must not change any more
 * @param weights as many; a row of weight 0 is not read
 */
public record WeightedRows(int count, int[] rows, double[] weights) {
    /** @throws IllegalArgumentException if the arrays do not belong together */
    public WeightedRows {
        if (count < 1 || rows.length == 0 || rows.length % count != 0 || weights.length != rows.length) {
            throw new IllegalArgumentException("expected " + count + " rows and weights for each result, found "
                    + rows.length + " rows and " + weights.length + " weights");
        }
    }

    /** @return how many results there are */
    public int results() {
        return rows.length / count;
    }

    /**
     * Bilinear interpolation between the four pixels around each point. What lies outside an image is 0.
     *
     * @param images of the same size, one after the other
     * @param height of an image, pixels
     * @param width of an image, pixels
     * @param y rows of the points as fractional pixel indices, as many for every image, image after image
     * @param x columns of the points, as many
     * @return for the images' pixels as rows of a matrix
     * @throws IllegalArgumentException if the points cannot be divided among the images, or one is no finite number
     */
    public static WeightedRows bilinear(int images, int height, int width, float[] y, float[] x) {
        if (x.length != y.length || x.length == 0 || x.length % images != 0) {
            throw new IllegalArgumentException("as many points for each of " + images + " images are expected, found "
                    + y.length + " rows and " + x.length + " columns");
        }
        Math.multiplyExact(Math.multiplyExact(images, height), width);
        int perImage = x.length / images;
        int[] rows = new int[Math.multiplyExact(4, x.length)];
        double[] weights = new double[rows.length];
        for (int i = 0; i < x.length; i++) {
            if (!Float.isFinite(x[i]) || !Float.isFinite(y[i])) {
                throw new IllegalArgumentException("point " + i + " is at (" + x[i] + ", " + y[i] + ")");
            }
            double top = Math.floor(y[i]);
            double left = Math.floor(x[i]);
            for (int corner = 0; corner < 4; corner++) {
                int down = corner / 2;
                int across = corner % 2;
                double row = top + down;
                double column = left + across;
                if (row >= 0 && row < height && column >= 0 && column < width) {
                    int at = 4 * i + corner;
                    rows[at] = (i / perImage * height + (int) row) * width + (int) column;
                    weights[at] = (1 - Math.abs(y[i] - row)) * (1 - Math.abs(x[i] - column));
                }
            }
        }
        return new WeightedRows(4, rows, weights);
    }
}
