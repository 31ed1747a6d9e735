package slidefield.slide;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.PolygonExtracter;

/**
 * Polygons ready to be rasterised: a pixel belongs to a polygon if its centre does (even-odd over shells and holes).
 * Crossings are computed in absolute double coordinates, so a pixel's answer does not depend on the region asked for;
 * Java2D's renderer works in single precision relative to the region and does not give that.
 */
final class Rings {
    private record Ring(double[] x, double[] y, Envelope bounds) {}

    private final List<Ring> rings = new ArrayList<>();

    Rings(Geometry polygons) {
        for (Object found : PolygonExtracter.getPolygons(polygons)) {
            Polygon polygon = (Polygon) found;
            add(polygon.getExteriorRing());
            for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
                add(polygon.getInteriorRingN(i));
            }
        }
    }

    private void add(LinearRing ring) {
        Coordinate[] points = ring.getCoordinates();
        double[] x = new double[points.length];
        double[] y = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            x[i] = points[i].x;
            y[i] = points[i].y;
        }
        rings.add(new Ring(x, y, ring.getEnvelopeInternal()));
    }

    /**
     * Rasterises a region.
     *
     * @param scaleX polygon units per pixel along x
     * @param scaleY polygon units per pixel along y
     * @param left first pixel
     * @param top first row
     * @param w pixels
     * @param h rows
     * @return {@code h x w}, 1 inside
     */
    byte[] fill(double scaleX, double scaleY, int left, int top, int w, int h) {
        byte[] mask = new byte[w * h];
        for (Ring ring : rings) {
            Envelope bounds = ring.bounds;
            if (bounds.getMaxY() >= top * scaleY
                    && bounds.getMinY() <= (top + (double) h) * scaleY
                    && bounds.getMinX() <= (left + (double) w) * scaleX) {
                toggle(ring, scaleX, scaleY, left, top, w, h, mask);
            }
        }
        for (int row = 0; row < h; row++) {
            byte inside = 0;
            for (int i = row * w; i < (row + 1) * w; i++) {
                inside ^= mask[i];
                mask[i] = inside;
            }
        }
        return mask;
    }

    /** Flips, on each row, the first pixel whose centre lies right of each edge. */
    private static void toggle(Ring ring, double scaleX, double scaleY, int left, int top, int w, int h, byte[] mask) {
        for (int i = 1; i < ring.x.length; i++) {
            boolean downwards = ring.y[i] > ring.y[i - 1];
            int low = downwards ? i - 1 : i;
            int high = downwards ? i : i - 1;
            double y0 = ring.y[low];
            double y1 = ring.y[high];
            // Rows whose centre lies in [y0, y1): the half-open rule counts a shared vertex once.
            double first = Math.max(top, Math.ceil(y0 / scaleY - 0.5));
            double last = Math.min(top + (double) h, Math.ceil(y1 / scaleY - 0.5));
            for (int row = (int) first; row < last; row++) {
                double part = ((row + 0.5) * scaleY - y0) / (y1 - y0);
                double crossing = ring.x[low] + part * (ring.x[high] - ring.x[low]);
                double column = Math.ceil(crossing / scaleX - 0.5) - left;
                if (column < w) {
                    mask[(row - top) * w + (int) Math.max(0, column)] ^= 1;
                }
            }
        }
    }
}
