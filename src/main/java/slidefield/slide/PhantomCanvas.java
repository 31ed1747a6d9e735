package slidefield.slide;

/**
 * Stain concentrations of one square block while it is drawn, and how nuclei are drawn into it.
 */
final class PhantomCanvas {
    final int side;
    final double left;
    final double top;
    final double mpp;
    /** Haematoxylin, {@code side x side}. */
    final float[] h;
    /** Eosin, {@code side x side}. */
    final float[] e;

    private final float soft;

    /**
     * An unstained block.
     *
     * @param left its left edge, micrometres
     * @param top its top edge, micrometres
     * @param mpp micrometres per pixel
     * @param side pixels
     */
    PhantomCanvas(double left, double top, double mpp, int side) {
        this.left = left;
        this.top = top;
        this.mpp = mpp;
        this.side = side;
        h = new float[side * side];
        e = new float[side * side];
        soft = (float) Math.max(0.45, 0.55 * mpp);
    }

    /** The centre of a column of pixels, micrometres. */
    double x(int column) {
        return left + (column + 0.5) * mpp;
    }

    /** The centre of a row of pixels, micrometres. */
    double y(int row) {
        return top + (row + 0.5) * mpp;
    }

    /**
     * One nucleus.
     *
     * @param x centre, micrometres
     * @param y centre, micrometres
     * @param a half its length, micrometres
     * @param b half its width, micrometres
     * @param cos of its direction
     * @param sin of its direction
     * @param wobble how much its outline differs from an ellipse, as a share of the radius
     * @param body haematoxylin inside
     * @param rim haematoxylin more than that along the membrane
     * @param grain how much the chromatin varies
     * @param nucleoli dark spots inside, 0 to 2
     * @param cell its hash, for chromatin and outline
     */
    record Nucleus(
            double x,
            double y,
            float a,
            float b,
            float cos,
            float sin,
            float wobble,
            float body,
            float rim,
            float grain,
            int nucleoli,
            long cell) {}

    /** Draws a nucleus, or the part of it that lies in the block. */
    void draw(Nucleus n) {
        double reach = Math.max(n.a, n.b) * (1 + 2 * n.wobble) + soft;
        int x0 = Math.max(0, (int) Math.floor((n.x - reach - left) / mpp));
        int x1 = Math.min(side - 1, (int) Math.ceil((n.x + reach - left) / mpp));
        int y0 = Math.max(0, (int) Math.floor((n.y - reach - top) / mpp));
        int y1 = Math.min(side - 1, (int) Math.ceil((n.y + reach - top) / mpp));
        float wave2 = n.wobble * (2 * PhantomNoise.unit(n.cell, 20) - 1);
        float wave3 = n.wobble * (2 * PhantomNoise.unit(n.cell, 21) - 1);
        for (int row = y0; row <= y1; row++) {
            float dy = (float) (y(row) - n.y);
            for (int column = x0; column <= x1; column++) {
                float dx = (float) (x(column) - n.x);
                float u = (dx * n.cos + dy * n.sin) / n.a;
                float v = (dy * n.cos - dx * n.sin) / n.b;
                float square = u * u + v * v + 1e-6f;
                float r = (float) Math.sqrt(square);
                float outline = 1 + wave2 * 2 * u * v / square + wave3 * u * (u * u - 3 * v * v) / (square * r);
                float depth = (outline - r) * n.b;
                if (depth > -soft) {
                    stain(row * side + column, n, dx, dy, u, v, depth);
                }
            }
        }
    }

    private void stain(int at, Nucleus n, float dx, float dy, float u, float v, float depth) {
        float cover = PhantomNoise.step(-soft, soft, depth);
        float concentration = n.body + n.rim * (1 - PhantomNoise.step(0.6f, 1.9f, depth));
        if (n.grain > 0) {
            concentration += n.grain * (PhantomNoise.value(n.cell, dx / 1.4 + 40, dy / 1.4 + 40) - 0.5f);
        }
        for (int i = 0; i < n.nucleoli; i++) {
            float du = u - 0.9f * (PhantomNoise.unit(n.cell, 30 + i) - 0.5f);
            float dv = v - 0.9f * (PhantomNoise.unit(n.cell, 32 + i) - 0.5f);
            float distance = (float) Math.sqrt(du * du + dv * dv) * n.b;
            concentration += 0.55f * (1 - PhantomNoise.step(0.7f, 0.9f + 2 * soft, distance));
        }
        h[at] = Math.max(h[at], h[at] * (1 - cover) + cover * concentration);
        e[at] *= 1 - 0.55f * cover;
    }
}
