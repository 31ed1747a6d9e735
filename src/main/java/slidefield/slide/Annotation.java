package slidefield.slide;

import java.util.Optional;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.AffineTransformation;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;

/**
 * Lesions as polygons with holes, in level-0 pixels of their slide.
 *
 * <p>Immutable, and so safe to read from several threads.
 */
public final class Annotation implements Lesions {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final Geometry lesions;
    private final int width;
    private final int height;
    private final String notice;
    private final Rings rings;

    /**
     * @param lesions polygons in level-0 pixels; made valid, and clipped to the slide
     * @param width the slide's level-0 width
     * @param height the slide's level-0 height
     */
    public Annotation(Geometry lesions, int width, int height) {
        this(lesions, width, height, null);
    }

    Annotation(Geometry lesions, int width, int height, String notice) {
        Geometry fixed = polygonal(lesions.isValid() ? lesions : GeometryFixer.fix(lesions));
        Envelope frame = new Envelope(0, width, 0, height);
        this.lesions = frame.contains(fixed.getEnvelopeInternal())
                ? fixed
                : polygonal(OverlayNGRobust.overlay(fixed, FACTORY.toGeometry(frame), OverlayNG.INTERSECTION));
        this.width = width;
        this.height = height;
        this.notice = notice;
        this.rings = new Rings(this.lesions);
    }

    static Annotation empty(int width, int height) {
        return new Annotation(FACTORY.createMultiPolygon(), width, height);
    }

    /** Only the polygons of a geometry, as one valid multi-polygon. */
    static Geometry polygonal(Geometry geometry) {
        Polygon[] polygons = ((java.util.List<?>) PolygonExtracter.getPolygons(geometry))
                .stream()
                        .map(Polygon.class::cast)
                        .filter(polygon -> !polygon.isEmpty())
                        .toArray(Polygon[]::new);
        Geometry all = FACTORY.createMultiPolygon(polygons);
        return all.isValid() ? all : GeometryFixer.fix(all);
    }

    /** The lesions: valid polygons in level-0 pixels, inside the slide. */
    public Geometry geometry() {
        return lesions;
    }

    @Override
    public byte[] mask(View view, int x, int y, int w, int h) {
        Slides.requireArray("mask of " + view, w, h);
        LesionFiles.requireSize(view, width, height);
        return rings.fill(view.scaleX(), view.scaleY(), x, y, w, h);
    }

    @Override
    public boolean isEmpty() {
        return lesions.isEmpty();
    }

    @Override
    public Annotation cropped(int x, int y, int w, int h) {
        Geometry moved = AffineTransformation.translationInstance(-x, -y).transform(lesions);
        return new Annotation(moved, w, h, notice);
    }

    @Override
    public Optional<String> notice() {
        return Optional.ofNullable(notice);
    }

    @Override
    public String toString() {
        return lesions.getNumGeometries() + " lesions on " + width + " x " + height;
    }
}
