package slidefield.nn.kernels;

/**
 * The one-dimensional transforms of Winograd's convolution F(4, 3) (Lavin and Gray 2016; Toom and Cook's
 * interpolation): four results of a filter of three taps from six products instead of twelve, so that a 3 x 3
 * convolution takes a quarter of the multiplications. The polynomials are interpolated at 0, a, -a, b, -b and
 * infinity with a = 3/4 and b = 3/2, which in float32 costs a third of the rounding error of the usual 1 and 2.
 *
 * <p>Every argument holds rows of many independent values; row k of a tile is {@code rows[k]}, and a transform
 * works along k. Loops touch few rows each, from their first element on, and no sum has two products of the same
 * form as its terms: this is what the JVM compiles to vector instructions (measured: a fifth of the time of one loop
 * over all rows; JDK 17 leaves {@code p * (x + y) + q * (z + w)} scalar, {@code p * (x + y + r * (z + w))} not).
 */
final class WinogradTransform {
    /** Results per tile and axis. */
    static final int OUT = 4;

    /** Values per tile and axis that the results depend on, and products. */
    static final int IN = 6;

    private static final float A = 0.75f;
    private static final float B = 2 * A;
    private static final float A2 = A * A;
    private static final float A3 = A * A * A;
    private static final float B2 = B * B;
    private static final float SUM = A2 + B2;
    private static final float PRODUCT = A2 * B2;
    /** One over the denominators of the interpolation: at 0, at a and -a, and at b and -b (a quarter, negative). */
    private static final float AT_0 = 1 / PRODUCT;

    private static final float AT_A = 1 / (2 * A2 * (A2 - B2));
    private static final float AT_B = 1 / (2 * B2 * (B2 - A2));

    private WinogradTransform() {}

    /** Image values (six rows) to the points' values (six rows). */
    static void image(float[][] d, float[][] t, int n) {
        even(d[4], d[2], d[0], t[0], n);
        pair(d[4], d[2], d[3], d[1], -B2, A, t[1], t[2], n);
        pair(d[4], d[2], d[3], d[1], -A2, B, t[3], t[4], n);
        even(d[5], d[3], d[1], t[5], n);
    }

    private static void even(float[] x, float[] y, float[] z, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] - SUM * y[i] + PRODUCT * z[i];
        }
    }

    /** (x + p y) + q (z + p w) and the same with a minus. */
    private static void pair(
            float[] x, float[] y, float[] z, float[] w, float p, float q, float[] plus, float[] minus, int n) {
        for (int i = 0; i < n; i++) {
            float even = x[i] + p * y[i];
            float odd = q * (z[i] + p * w[i]);
            plus[i] = even + odd;
            minus[i] = even - odd;
        }
    }

    /** Products (six rows) to results (four rows). */
    static void result(float[][] m, float[][] y, int n) {
        evenResults(m[0], m[1], m[2], m[3], m[4], y[0], y[2], n);
        firstResult(m[1], m[2], m[3], m[4], y[1], n);
        thirdResult(m[1], m[2], m[3], m[4], m[5], y[3], n);
    }

    private static void evenResults(
            float[] m0, float[] m1, float[] m2, float[] m3, float[] m4, float[] y0, float[] y2, int n) {
        for (int i = 0; i < n; i++) {
            float a = m1[i] + m2[i];
            float b = m3[i] + m4[i];
            y0[i] = m0[i] + a + b;
            y2[i] = A2 * (a + 4 * b);
        }
    }

    private static void firstResult(float[] m1, float[] m2, float[] m3, float[] m4, float[] y1, int n) {
        for (int i = 0; i < n; i++) {
            y1[i] = A * (m1[i] - m2[i] + 2 * (m3[i] - m4[i]));
        }
    }

    private static void thirdResult(float[] m1, float[] m2, float[] m3, float[] m4, float[] m5, float[] y3, int n) {
        for (int i = 0; i < n; i++) {
            y3[i] = m5[i] + A3 * (m1[i] - m2[i] + 8 * (m3[i] - m4[i]));
        }
    }

    /** Gradients of the results (four rows) to those of the products (six rows): the transpose of {@link #result}. */
    static void resultGradient(float[][] g, float[][] z, int n) {
        System.arraycopy(g[0], 0, z[0], 0, n);
        pair(g[0], g[2], g[1], g[3], A2, A, z[1], z[2], n);
        pair(g[0], g[2], g[1], g[3], B2, B, z[3], z[4], n);
        System.arraycopy(g[3], 0, z[5], 0, n);
    }

    /** Taps (three rows) to the points' values (six rows). */
    static void filter(float[][] w, float[][] u, int n) {
        scale(w[0], AT_0, u[0], n);
        filterPair(w[0], w[1], w[2], AT_A, A * AT_A, A2 * AT_A, u[1], u[2], n);
        filterPair(w[0], w[1], w[2], AT_B, B * AT_B, B2 * AT_B, u[3], u[4], n);
        System.arraycopy(w[2], 0, u[5], 0, n);
    }

    private static void scale(float[] x, float factor, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = factor * x[i];
        }
    }

    private static void filterPair(
            float[] w0, float[] w1, float[] w2, float p0, float p1, float p2, float[] plus, float[] minus, int n) {
        for (int i = 0; i < n; i++) {
            float even = p0 * w0[i] + p2 * w2[i];
            float odd = p1 * w1[i];
            plus[i] = even + odd;
            minus[i] = even - odd;
        }
    }

    /** Gradients of the points' values (six rows) to those of the taps (three rows): {@link #filter} transposed. */
    static void filterGradient(float[][] u, float[][] w, int n) {
        evenTaps(u[0], u[1], u[2], u[3], u[4], w[0], n);
        oddTaps(u[1], u[2], u[3], u[4], w[1], n);
        lastTap(u[1], u[2], u[3], u[4], u[5], w[2], n);
    }

    private static void evenTaps(float[] u0, float[] u1, float[] u2, float[] u3, float[] u4, float[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = AT_A * (u1[i] + u2[i] - 0.25f * (u3[i] + u4[i])) + AT_0 * u0[i];
        }
    }

    private static void oddTaps(float[] u1, float[] u2, float[] u3, float[] u4, float[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = A * AT_A * (u1[i] - u2[i] - 0.5f * (u3[i] - u4[i]));
        }
    }

    private static void lastTap(float[] u1, float[] u2, float[] u3, float[] u4, float[] u5, float[] w, int n) {
        for (int i = 0; i < n; i++) {
            w[i] = u5[i] + A2 * AT_A * (u1[i] + u2[i] - (u3[i] + u4[i]));
        }
    }

    /** Adds a row to another one. */
    static void add(float[] x, float[] sum, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += x[i];
        }
    }
}
