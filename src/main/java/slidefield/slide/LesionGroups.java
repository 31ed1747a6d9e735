package slidefield.slide;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import slidefield.io.InputException;

/**
 * The polygons of an annotation file, each with the name of its group or class, on their way to lesions. Lesion is what
 * lies in a tumour group and in no exclusion group. Names: CAMELYON16's training files use {@code _0} and {@code _1} for
 * tumour and {@code _2} for what is cut out of it, its test files {@code Tumor}, {@code Exclusion} and {@code None}.
 */
final class LesionGroups {
    /** No slide has sides above 2^31; beyond that, areas and crossings of outlines lose their meaning. */
    private static final double FARTHEST = 4e9;

    private static final GeometryFactory FACTORY = new GeometryFactory();
    private static final List<String> OUT = List.of(
            "_2",
            "exclu",
            "ignore",
            "none",
            "normal",
            "non-",
            "non ",
            "background",
            "benign",
            "healthy",
            "hole",
            "negative");
    private static final List<String> IN =
            List.of("_0", "_1", "tumor", "tumour", "lesion", "metasta", "cancer", "carcinoma", "polyp", "positive");

    private record Part(String group, Geometry polygon) {}

    private final Path file;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private int repaired;
    private int dropped;

    LesionGroups(Path file) {
        this.file = file;
    }

    /** An exception that begins with the file's name. */
    InputException refuse(String problem) {
        return new InputException(file + " " + problem);
    }

    /** Adds something to say about the file. */
    void note(String line) {
        if (!notices.contains(line)) {
            notices.add(line);
        }
    }

    /** A closed ring of points that a slide may have around it; null (counted) if fewer than three of them differ. */
    Coordinate[] ring(List<Coordinate> points) {
        Set<Coordinate> distinct = new TreeSet<>();
        for (Coordinate point : points) {
            if (!Double.isFinite(point.x) || !Double.isFinite(point.y)) {
                throw refuse("has a point at " + point.x + ", " + point.y + ": coordinates must be finite");
            }
            if (Math.abs(point.x) > FARTHEST || Math.abs(point.y) > FARTHEST) {
                throw refuse("has a point at " + point.x + ", " + point.y
                        + ": expected level-0 pixels of a slide, at most " + FARTHEST + " from its corner");
            }
            distinct.add(point);
        }
        if (distinct.size() < 3) {
            dropped++;
            return null;
        }
        List<Coordinate> closed = new ArrayList<>(points);
        if (!closed.get(0).equals2D(closed.get(closed.size() - 1))) {
            closed.add(closed.get(0).copy());
        }
        return closed.toArray(Coordinate[]::new);
    }

    /**
     * Adds a polygon.
     *
     * @param group its group or class; null if it has none
     * @param shell its outline, open or closed, in level-0 pixels
     * @param holes its holes
     */
    void add(String group, List<Coordinate> shell, List<List<Coordinate>> holes) {
        Coordinate[] outline = ring(shell);
        if (outline == null) {
            return;
        }
        var inner = holes.stream()
                .map(this::ring)
                .filter(hole -> hole != null)
                .map(FACTORY::createLinearRing)
                .toArray(org.locationtech.jts.geom.LinearRing[]::new);
        Geometry polygon = FACTORY.createPolygon(FACTORY.createLinearRing(outline), inner);
        if (!polygon.isValid()) {
            polygon = Annotation.polygonal(GeometryFixer.fix(polygon));
            repaired++;
        }
        if (polygon.isEmpty()) {
            dropped++;
        } else {
            parts.add(new Part(group, polygon));
        }
    }

    /**
     * The lesions on a slide.
     *
     * @throws InputException if polygons were given and all of them lie outside the slide
     */
    Annotation on(Slide slide) {
        boolean named = parts.stream().anyMatch(part -> part.group != null && isLesion(part.group));
        List<Geometry> in = new ArrayList<>();
        List<Geometry> out = new ArrayList<>();
        Set<String> assumed = new TreeSet<>();
        Set<String> skipped = new TreeSet<>();
        for (Part part : parts) {
            String group = part.group;
            if (group == null || isLesion(group)) {
                in.add(part.polygon);
            } else if (isExclusion(group) && (named || !isNone(group))) {
                out.add(part.polygon);
            } else if (named) {
                skipped.add(group);
            } else {
                in.add(part.polygon);
                assumed.add(group);
            }
        }
        if (!assumed.isEmpty()) {
            note("no group is named Tumor: taken for lesions are " + String.join(", ", assumed));
        }
        if (!skipped.isEmpty()) {
            note("left out, neither tumour nor exclusion: " + String.join(", ", skipped));
        }
        if (repaired > 0) {
            note("repaired " + repaired + (repaired == 1 ? " outline" : " outlines") + " that crossed itself");
        }
        if (dropped > 0) {
            note("left out " + dropped + (dropped == 1 ? " outline" : " outlines")
                    + " of fewer than 3 points or no area");
        }
        Geometry lesions = OverlayNGRobust.union(List.<Geometry>of(FACTORY.createMultiPolygon(), union(in)));
        if (!out.isEmpty()) {
            lesions = OverlayNGRobust.overlay(lesions, union(out), OverlayNG.DIFFERENCE);
        }
        checkInside(lesions, slide);
        String notice = notices.isEmpty() ? null : file + ": " + String.join("; ", notices);
        return new Annotation(lesions, slide.width(), slide.height(), notice);
    }

    private static Geometry union(List<Geometry> polygons) {
        return polygons.isEmpty() ? FACTORY.createMultiPolygon() : OverlayNGRobust.union(polygons);
    }

    private void checkInside(Geometry lesions, Slide slide) {
        if (lesions.isEmpty()) {
            return;
        }
        Envelope extent = lesions.getEnvelopeInternal();
        Envelope frame = new Envelope(0, slide.width(), 0, slide.height());
        if (frame.contains(extent)) {
            return;
        }
        String where = "lies at x " + Math.round(extent.getMinX()) + " to " + Math.round(extent.getMaxX()) + ", y "
                + Math.round(extent.getMinY()) + " to " + Math.round(extent.getMaxY()) + ", slide " + slide.name()
                + " is " + slide.width() + " x " + slide.height();
        Geometry kept = OverlayNGRobust.overlay(lesions, FACTORY.toGeometry(frame), OverlayNG.INTERSECTION);
        if (kept.getArea() == 0) {
            throw refuse(where + ": nothing is inside; is it this slide's annotation, in level-0 pixels?");
        }
        double lost = 1 - kept.getArea() / lesions.getArea();
        if (lost > 1e-4) {
            note(where + String.format(Locale.ROOT, ": the %.1f %% outside is cut off", 100 * lost));
        }
    }

    private static boolean isNone(String group) {
        return group.strip().equalsIgnoreCase("none");
    }

    private static boolean isExclusion(String group) {
        String name = group.strip().toLowerCase(Locale.ROOT);
        return OUT.stream().anyMatch(name::startsWith);
    }

    private static boolean isLesion(String group) {
        String name = group.strip().toLowerCase(Locale.ROOT);
        return !isExclusion(group) && IN.stream().anyMatch(name::contains);
    }
}
