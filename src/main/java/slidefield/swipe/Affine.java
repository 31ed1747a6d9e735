package slidefield.swipe;

/**
 * A map of the plane of pixel indices: {@code (x, y) -> (a x + b y + c, d x + e y + f)}.
 *
 * @param a x of the image of (1, 0) less that of the origin
 * @param b x of the image of (0, 1) less that of the origin
 * @param c x of the image of the origin
 * @param d y of the image of (1, 0) less that of the origin
 * @param e y of the image of (0, 1) less that of the origin
 * @param f y of the image of the origin
 */
record Affine(double a, double b, double c, double d, double e, double f) {
    static final Affine IDENTITY = new Affine(1, 0, 0, 0, 1, 0);

    double x(double x, double y) {
        return a * x + b * y + c;
    }

    double y(double x, double y) {
        return d * x + e * y + f;
    }

    /** This map after another one. */
    Affine after(Affine first) {
        return new Affine(
                a * first.a + b * first.d,
                a * first.b + b * first.e,
                x(first.c, first.f),
                d * first.a + e * first.d,
                d * first.b + e * first.e,
                y(first.c, first.f));
    }

    Affine inverse() {
        double area = a * e - b * d;
        Affine linear = new Affine(e / area, -b / area, 0, -d / area, a / area, 0);
        return new Affine(linear.a, linear.b, -linear.x(c, f), linear.d, linear.e, -linear.y(c, f));
    }

    /** Mirrors the columns of an image. */
    static Affine mirrored(int width) {
        return new Affine(-1, 0, width - 1, 0, 1, 0);
    }

    /** Mirrors the rows of an image. */
    static Affine upsideDown(int height) {
        return new Affine(1, 0, 0, 0, -1, height - 1);
    }

    /** Turns an image about its centre, from the x axis towards the y axis. */
    static Affine turned(double degrees, int width, int height) {
        double radians = StrictMath.toRadians(degrees);
        double cosine = StrictMath.cos(radians);
        double sine = StrictMath.sin(radians);
        double x = (width - 1) / 2.0;
        double y = (height - 1) / 2.0;
        return new Affine(cosine, -sine, x - cosine * x + sine * y, sine, cosine, y - sine * x - cosine * y);
    }

    /**
     * From an image of a size to the box of it that it is to show whole.
     *
     * @param left the box's left edge; 0 is the edge of the first pixel, which reaches to 1
     * @param top the box's upper edge
     * @param shareX the box's width as a share of the image's
     * @param shareY likewise
     */
    static Affine box(double left, double top, double shareX, double shareY) {
        return new Affine(shareX, 0, left + 0.5 * shareX - 0.5, 0, shareY, top + 0.5 * shareY - 0.5);
    }
}
