package slidefield.score;

/**
 * Peak signal-to-noise ratio of a reconstruction in decibels, added up tile by tile: 10 log10(peak^2 / MSE), the
 * MSE over all values of all channels.
 */
public final class Psnr {
    private final double peak;
    private double squares;
    private long values;

    /**
     * @param peak the width of the range of values: 1 for images in [0, 1], 2 for images in [-1, 1]
     */
    public Psnr(double peak) {
        if (!(peak > 0 && peak < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the peak must be a number above 0, not " + peak);
        }
        this.peak = peak;
    }

    /**
     * Adds pixels.
     *
     * @param reconstruction values in any order
     * @param image the same values of the image
     * @return this
     * @throws IllegalArgumentException if the lengths differ
     */
    public Psnr add(float[] reconstruction, float[] image) {
        if (reconstruction.length != image.length) {
            throw new IllegalArgumentException(
                    "reconstruction has " + reconstruction.length + " values, image " + image.length);
        }
        for (int i = 0; i < image.length; i++) {
            double difference = (double) reconstruction[i] - image[i];
            squares += difference * difference;
        }
        values += image.length;
        return this;
    }

    /** Mean squared error; NaN before anything is added. */
    public double mse() {
        return squares / values;
    }

    /** Decibels; infinite for equal images, NaN before anything is added. */
    public double decibels() {
        return ofMse(mse(), peak);
    }

    /** Decibels of a known mean squared error. */
    public static double ofMse(double mse, double peak) {
        return 10 * Math.log10(peak * peak / mse);
    }
}
