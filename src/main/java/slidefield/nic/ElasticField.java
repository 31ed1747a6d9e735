package slidefield.nic;

import java.util.Random;

/**
 * How far every pixel is moved by an elastic deformation (Simard et al. 2003): random numbers between -1 and 1, smoothed by a
 * Gaussian and multiplied. Beyond the edge the numbers count as 0.
 *
 * @param side pixels along both sides
 * @param x to the right, pixels, row-major
 * @param y downwards, likewise
 */
record ElasticField(int side, float[] x, float[] y) {
    /**
     * @param side pixels along both sides
     * @param alpha what the smoothed numbers are multiplied by, pixels
     * @param sigma of the Gaussian, pixels
     */
    static ElasticField random(int side, double alpha, double sigma, Random random) {
        float[] taps = taps(sigma, side);
        return new ElasticField(side, axis(side, alpha, taps, random), axis(side, alpha, taps, random));
    }

    private static float[] axis(int side, double alpha, float[] taps, Random random) {
        float[] values = new float[side * side];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        float[] smooth = smoothed(smoothed(values, side, taps), side, taps);
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] *= (float) alpha;
        }
        return smooth;
    }

    /** Half of a Gaussian of sum 1, from its centre to 3 sigma, or to the side. */
    private static float[] taps(double sigma, int side) {
        float[] taps = new float[Math.min(side, (int) Math.ceil(3 * sigma) + 1)];
        double sum = 0;
        for (int i = 0; i < taps.length; i++) {
            double value = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
            taps[i] = (float) value;
            sum += i == 0 ? value : 2 * value;
        }
        for (int i = 0; i < taps.length; i++) {
            taps[i] /= (float) sum;
        }
        return taps;
    }

    /** Smoothed along the rows, and rows and columns exchanged: twice is both axes. */
    static float[] smoothed(float[] values, int side, float[] taps) {
        float[] out = new float[values.length];
        for (int row = 0; row < side; row++) {
            int start = row * side;
            for (int column = 0; column < side; column++) {
                float sum = taps[0] * values[start + column];
                for (int k = 1; k < taps.length; k++) {
                    float left = column >= k ? values[start + column - k] : 0;
                    float right = column + k < side ? values[start + column + k] : 0;
                    sum += taps[k] * (left + right);
                }
                out[column * side + row] = sum;
            }
        }
        return out;
    }
}
