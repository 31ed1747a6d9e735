package slidefield.slide;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * One lesion: a body with up to two lobes, and in larger ones an island of normal tissue that the truth leaves out.
 *
 * @param bodies their union is the lesion
 * @param islands taken out of it
 */
record PhantomLesion(List<PhantomBlob> bodies, List<PhantomBlob> islands) {
    /** Below this radius, in micrometres, a lesion has no lobes and no island. */
    private static final double LOBED = 80;

    /** A lesion of about {@code radius} micrometres around a place. */
    static PhantomLesion grow(double x, double y, double radius, Random random) {
        List<PhantomBlob> bodies = new ArrayList<>();
        List<PhantomBlob> islands = new ArrayList<>();
        double stretch = 0.8 + 0.4 * random.nextDouble();
        bodies.add(new PhantomBlob(x, y, radius * stretch, radius / stretch, 0.16, random));
        if (radius > LOBED) {
            int lobes = random.nextInt(3);
            for (int i = 0; i < lobes; i++) {
                double angle = 2 * Math.PI * random.nextDouble();
                double size = radius * (0.35 + 0.2 * random.nextDouble());
                bodies.add(new PhantomBlob(
                        x + 0.75 * radius * StrictMath.cos(angle),
                        y + 0.75 * radius * StrictMath.sin(angle),
                        size,
                        size,
                        0.14,
                        random));
            }
            if (random.nextDouble() < 0.6) {
                double angle = 2 * Math.PI * random.nextDouble();
                double size = radius * (0.15 + 0.1 * random.nextDouble());
                islands.add(new PhantomBlob(
                        x + 0.35 * radius * StrictMath.cos(angle),
                        y + 0.35 * radius * StrictMath.sin(angle),
                        size,
                        size,
                        0.12,
                        random));
            }
        }
        return new PhantomLesion(bodies, islands);
    }

    /** How far inside the lesion a place is: micrometres, negative outside. */
    float inside(double x, double y) {
        float depth = Float.NEGATIVE_INFINITY;
        for (PhantomBlob body : bodies) {
            depth = Math.max(depth, body.inside(x, y));
        }
        if (depth > 0) {
            for (PhantomBlob island : islands) {
                depth = Math.min(depth, -island.inside(x, y));
            }
        }
        return depth;
    }

    /** The outline with its holes, in pixels of {@code mpp} micrometres. */
    Geometry geometry(GeometryFactory factory, double mpp) {
        Geometry shape = bodies.get(0).polygon(factory, mpp);
        for (PhantomBlob body : bodies.subList(1, bodies.size())) {
            shape = shape.union(body.polygon(factory, mpp));
        }
        for (PhantomBlob island : islands) {
            shape = shape.difference(island.polygon(factory, mpp));
        }
        return shape;
    }

    /** Whether every outline point of every body satisfies a test of its place in micrometres. */
    boolean all(PhantomBlob.PlaceTest test) {
        return bodies.stream().allMatch(body -> body.all(test));
    }
}
