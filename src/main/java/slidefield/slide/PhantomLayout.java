package slidefield.slide;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * Where things are on a synthetic slide, in micrometres from its top left corner: the tissue's outline, its lesions,
 * and the smooth fields that say how much fat and how many lymphocytes a place has.
 */
final class PhantomLayout {
    /** Lesions keep this distance from the tissue's edge and from each other. */
    private static final double GAP = 12;

    private static final int MOST_LESIONS = 24;
    private static final double FOLLICLE_GRID = 330;

    private final long seed;
    private final double width;
    private final double height;
    private final List<PhantomBlob> tissue = new ArrayList<>();
    private final List<PhantomLesion> lesions = new ArrayList<>();
    private final float fatThreshold;
    private final float follicleChance;
    private final Geometry tissueShape;
    private final GeometryFactory factory = new GeometryFactory();

    PhantomLayout(PhantomOptions options) {
        seed = options.seed();
        width = options.width() * options.mpp();
        height = options.height() * options.mpp();
        Random random = new Random(PhantomNoise.mix(seed + 1));
        fatThreshold = 0.56f + 0.12f * random.nextFloat();
        follicleChance = 0.5f + 0.4f * random.nextFloat();
        placeTissue(random);
        Geometry shape = factory.createPolygon();
        for (PhantomBlob blob : tissue) {
            shape = shape.union(blob.polygon(factory, 1));
        }
        tissueShape = shape.intersection(factory.toGeometry(new Envelope(0, width, 0, height)));
        Double wanted = options.lesionFraction();
        double aim = wanted == null ? 0.18 + 0.20 * random.nextDouble() : wanted;
        if (wanted != null && wanted < PhantomOptions.SMALL_LESION) {
            placeSmall(aim * tissueShape.getArea(), random);
        } else {
            placeLesions(aim * tissueShape.getArea(), random);
        }
    }

    private void placeTissue(Random random) {
        double x = width * (0.47 + 0.06 * random.nextDouble());
        double y = height * (0.47 + 0.06 * random.nextDouble());
        tissue.add(new PhantomBlob(x, y, 0.43 * width, 0.42 * height, 0.07, random));
        double angle = 2 * Math.PI * random.nextDouble();
        tissue.add(new PhantomBlob(
                x + 0.28 * width * StrictMath.cos(angle),
                y + 0.26 * height * StrictMath.sin(angle),
                0.2 * width,
                0.2 * height,
                0.10,
                random));
    }

    /** One small lesion always; then large ones, smaller with every failed try, until the area is reached. */
    private void placeLesions(double area, Random random) {
        double shortSide = Math.min(width, height);
        int small = 1 + random.nextInt(2);
        for (int tries = 0; lesions.size() < small && tries < 400; tries++) {
            tryLesion(shortSide * (0.03 + 0.02 * random.nextDouble()), random);
        }
        double left = area - lesionShape(1).getArea();
        double largest = Math.min(
                0.45 * shortSide, StrictMath.sqrt(Math.max(left, 0) / Math.PI) * (0.6 + 0.35 * random.nextDouble()));
        for (int tries = 0; left > 0.12 * area && lesions.size() < MOST_LESIONS && tries < 600; tries++) {
            double radius = Math.min(largest, 0.95 * StrictMath.sqrt(left / Math.PI));
            if (tryLesion(radius, random)) {
                left = area - lesionShape(1).getArea();
            } else if (tries % 8 == 7) {
                largest = Math.max(0.1 * shortSide, largest * 0.95);
            }
        }
        requireLesions(true);
    }

    private void requireLesions(boolean wanted) {
        if (wanted && lesions.isEmpty()) {
            throw new IllegalStateException("no place for a lesion with seed " + seed);
        }
    }

    /** One or two lesions that share an area, smaller with every few failed tries; none of no area. */
    private void placeSmall(double area, Random random) {
        int count = area > 0 ? 1 + random.nextInt(2) : 0;
        double radius = StrictMath.sqrt(area / Math.PI / Math.max(1, count));
        for (int tries = 0; lesions.size() < count && tries < 600; tries++) {
            if (!tryLesion(radius, random) && tries % 8 == 7) {
                radius *= 0.95;
            }
        }
        requireLesions(count > 0);
    }

    private boolean tryLesion(double radius, Random random) {
        double x = width * random.nextDouble();
        double y = height * random.nextDouble();
        if (tissue(x, y) < radius / 2) {
            return false;
        }
        PhantomLesion lesion = PhantomLesion.grow(x, y, radius, random);
        double gap = Math.min(GAP, 0.02 * Math.min(width, height));
        boolean fits = lesion.all((px, py) -> px > gap
                && py > gap
                && px < width - gap
                && py < height - gap
                && tissue(px, py) > gap
                && lesion(px, py) < -gap);
        // Another lesion wholly inside this one has no outline point of ours inside it: ask the other way round too.
        boolean apart = lesions.stream().allMatch(other -> other.all((px, py) -> lesion.inside(px, py) < -gap));
        if (fits && apart) {
            lesions.add(lesion);
        }
        return fits && apart;
    }

    /** How far inside the tissue a place is: micrometres, negative on glass. */
    float tissue(double x, double y) {
        float depth = Float.NEGATIVE_INFINITY;
        for (PhantomBlob blob : tissue) {
            depth = Math.max(depth, blob.inside(x, y));
        }
        return depth;
    }

    /** How far inside a lesion a place is: micrometres, negative outside. */
    float lesion(double x, double y) {
        float depth = -1000;
        for (PhantomLesion lesion : lesions) {
            depth = Math.max(depth, lesion.inside(x, y));
        }
        return depth;
    }

    /** Share of fat cells, 0 to 1; none in or near lesions. */
    float fat(double x, double y, float lesionDepth) {
        if (lesionDepth > -15) {
            return 0;
        }
        float noise = PhantomNoise.fractal(seed + 11, x / 240, y / 240, 3);
        return PhantomNoise.step(fatThreshold, fatThreshold + 0.06f, noise) * PhantomNoise.step(15, 40, -lesionDepth);
    }

    /** Density of lymphocytes, 0 to 1: follicles and smaller clusters in normal tissue. */
    float lymphocytes(double x, double y, float lesionDepth) {
        if (lesionDepth > -4) {
            return 0;
        }
        int column = (int) Math.floor(x / FOLLICLE_GRID);
        int row = (int) Math.floor(y / FOLLICLE_GRID);
        float most = 0;
        for (int j = row - 1; j <= row + 1; j++) {
            for (int i = column - 1; i <= column + 1; i++) {
                long cell = PhantomNoise.cell(seed + 21, i, j);
                if (PhantomNoise.unit(cell, 0) > follicleChance) {
                    continue;
                }
                double dx = x - (i + PhantomNoise.unit(cell, 1)) * FOLLICLE_GRID;
                double dy = y - (j + PhantomNoise.unit(cell, 2)) * FOLLICLE_GRID;
                float u = PhantomNoise.unit(cell, 3);
                float radius = 35 + 115 * u * u;
                float distance = (float) Math.sqrt(dx * dx + dy * dy);
                if (distance > 1.6f * radius) {
                    continue;
                }
                distance += (PhantomNoise.fractal(seed + 22, x / 45, y / 45, 2) - 0.5f) * radius * 0.9f;
                most = Math.max(most, 1 - PhantomNoise.step(0.6f * radius, radius, distance));
            }
        }
        return most;
    }

    /** The truth, in pixels of {@code mpp} micrometres. */
    Geometry lesionShape(double mpp) {
        Geometry shape = factory.createMultiPolygon();
        for (PhantomLesion lesion : lesions) {
            shape = shape.union(lesion.geometry(factory, mpp));
        }
        return shape;
    }

    /** Lesion area over tissue area. */
    double lesionFraction() {
        return lesionShape(1).getArea() / tissueShape.getArea();
    }
}
