package slidefield.slide;

import java.util.Random;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * An irregular rounded shape: an ellipse whose radius wavers with the angle. The same table of radii answers "how
 * far inside?" for drawing and gives the outline for the annotation, so truth and picture agree.
 */
final class PhantomBlob {
    private static final int ANGLES = 192;

    final double x;
    final double y;
    private final double semiX;
    private final double semiY;
    private final float[] radius = new float[ANGLES];
    private float most;

    /**
     * A shape around a centre.
     *
     * @param x centre, micrometres
     * @param y centre, micrometres
     * @param semiX half its mean width, micrometres
     * @param semiY half its mean height, micrometres
     * @param roughness standard deviation of the first wave's share of the radius; later waves are weaker
     */
    PhantomBlob(double x, double y, double semiX, double semiY, double roughness, Random random) {
        this.x = x;
        this.y = y;
        this.semiX = semiX;
        this.semiY = semiY;
        double[] r = new double[ANGLES];
        for (int wave = 2; wave <= 24; wave++) {
            double amplitude = roughness * random.nextGaussian() / StrictMath.pow(wave - 1, 1.15);
            double phase = 2 * Math.PI * random.nextDouble();
            for (int i = 0; i < ANGLES; i++) {
                r[i] += amplitude * StrictMath.sin(wave * 2 * Math.PI * i / ANGLES + phase);
            }
        }
        for (int i = 0; i < ANGLES; i++) {
            radius[i] = (float) Math.max(0.45, Math.min(1.55, 1 + r[i]));
            most = Math.max(most, radius[i]);
        }
    }

    /**
     * How far a point lies inside the outline, measured along the ray from the centre: micrometres, negative outside.
     * Far from the outline only the sign and a bound are given.
     */
    float inside(double px, double py) {
        double dx = (px - x) / semiX;
        double dy = (py - y) / semiY;
        float rho = (float) Math.sqrt(dx * dx + dy * dy);
        float scale = (float) Math.min(semiX, semiY);
        if (rho > most + 0.3f) {
            return (most - rho) * scale;
        }
        double turn = StrictMath.atan2(dy, dx) / (2 * Math.PI) * ANGLES + ANGLES;
        int i = (int) turn;
        float fraction = (float) (turn - i);
        float edge = radius[i % ANGLES] * (1 - fraction) + radius[(i + 1) % ANGLES] * fraction;
        return (edge - rho) * scale;
    }

    /** The outline, in pixels of {@code mpp} micrometres. */
    Polygon polygon(GeometryFactory factory, double mpp) {
        Coordinate[] ring = new Coordinate[ANGLES + 1];
        for (int i = 0; i < ANGLES; i++) {
            double angle = 2 * Math.PI * i / ANGLES;
            ring[i] = new Coordinate(
                    (x + semiX * radius[i] * StrictMath.cos(angle)) / mpp,
                    (y + semiY * radius[i] * StrictMath.sin(angle)) / mpp);
        }
        ring[ANGLES] = ring[0];
        return factory.createPolygon(ring);
    }

    /** Whether every point of the outline satisfies a test of its place in micrometres. */
    boolean all(PlaceTest test) {
        for (int i = 0; i < ANGLES; i += 4) {
            double angle = 2 * Math.PI * i / ANGLES;
            if (!test.holds(
                    x + semiX * radius[i] * StrictMath.cos(angle), y + semiY * radius[i] * StrictMath.sin(angle))) {
                return false;
            }
        }
        return true;
    }

    /** A question about a place. */
    interface PlaceTest {
        boolean holds(double x, double y);
    }
}
