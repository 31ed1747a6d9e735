package slidefield.patch;

import java.util.ArrayList;
import java.util.List;
import slidefield.fit.Plane;
import slidefield.fit.StainStatistics;

/**
 * A slide whose colours are a formula, so that every resolution of it is exact: red grows from the left edge to the
 * right one, green from the top to the bottom, blue is constant. A disc is lesion. It remembers what was read of it.
 */
final class AnalyticPlane implements Plane {
    static final float BLUE = 0.25f;

    /** A rectangle that was read, as shares of width and height: left, top, right, bottom. */
    record Reading(double left, double top, double right, double bottom) {
        boolean overlaps(Reading other) {
            double rounding = 1e-9;
            return left < other.right - rounding
                    && other.left < right - rounding
                    && top < other.bottom - rounding
                    && other.top < bottom - rounding;
        }
    }

    private final String name;
    private final int width;
    private final int height;
    /** Centre and radius of the lesion, and where tissue ends, as shares of the width. */
    private final double[] disc;

    private final double tissueEnd;
    final List<Reading> readings;

    private AnalyticPlane(String name, int width, int height, double[] disc, double tissueEnd, List<Reading> readings) {
        this.name = name;
        this.width = width;
        this.height = height;
        this.disc = disc;
        this.tissueEnd = tissueEnd;
        this.readings = readings;
    }

    /** All tissue, with a lesion left of the middle. */
    static AnalyticPlane of(int width, int height) {
        return new AnalyticPlane("analytic", width, height, new double[] {0.4, 0.5, 0.15}, 1, new ArrayList<>());
    }

    /** The same slide with another lesion: centre and radius as shares of the sides. */
    AnalyticPlane withDisc(double x, double y, double radius) {
        return new AnalyticPlane(name, width, height, new double[] {x, y, radius}, tissueEnd, readings);
    }

    /** The same slide with glass from a share of the width on. */
    AnalyticPlane withTissueUntil(double end) {
        return new AnalyticPlane(name, width, height, disc, end, readings);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public double aspect() {
        return (double) width / height;
    }

    @Override
    public AnalyticPlane coarser(int factor) {
        int w = (int) Math.rint((double) width / factor);
        int h = (int) Math.rint((double) height / factor);
        return new AnalyticPlane(name, w, h, disc, tissueEnd, readings);
    }

    @Override
    public void rgb(int x, int y, int w, int h, float[] into) {
        remember(x, y, w, h);
        for (int j = 0; j < h; j++) {
            for (int i = 0; i < w; i++) {
                int at = 3 * (j * w + i);
                into[at] = (float) ((x + i + 0.5) / width);
                into[at + 1] = (float) ((y + j + 0.5) / height);
                into[at + 2] = BLUE;
            }
        }
    }

    private void remember(int x, int y, int w, int h) {
        if (x < 0 || y < 0 || w < 1 || h < 1 || x + w > width || y + h > height) {
            throw new IllegalArgumentException("a part inside the plane is expected");
        }
        synchronized (readings) {
            readings.add(new Reading(
                    (double) x / width, (double) y / height, (double) (x + w) / width, (double) (y + h) / height));
        }
    }

    @Override
    public StainStatistics stain() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean annotated() {
        return disc[2] >= 0;
    }

    @Override
    public void lesion(int x, int y, int w, int h, float[] into) {
        for (int j = 0; j < h; j++) {
            for (int i = 0; i < w; i++) {
                into[j * w + i] = isLesion(x + i, y + j) ? 1 : 0;
            }
        }
    }

    /** Whether a pixel's centre lies in the disc, which is an ellipse where the slide is no square. */
    boolean isLesion(int x, int y) {
        double u = (x + 0.5) / width - disc[0];
        double v = (y + 0.5) / height - disc[1];
        return u * u + v * v < disc[2] * disc[2];
    }

    @Override
    public double tissue(int x, int y, int w, int h) {
        return Math.max(0, Math.min(1, (tissueEnd * width - x) / w));
    }
}
