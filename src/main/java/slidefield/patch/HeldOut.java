package slidefield.patch;

import java.util.List;
import slidefield.fit.Part;
import slidefield.fit.Plane;

/**
 * A slide divided by a straight line into a part to learn from and a strip to validate on. No pixel of one is read for
 * the other, at any scale.
 *
 * @param training the larger part, in pixels of the plane
 * @param validation the strip
 */
record HeldOut(Part training, Part validation) {
    /**
     * Of the four strips along the borders, takes the one whose shares of the slide's lesions and of its normal tissue
     * are nearest to the wanted share of its area; one that leaves either side without any comes last.
     *
     * @param plane the slide at the finest scale
     * @param map where its tissue and lesions are
     * @param share of the slide's area, 0 to 0.5
     */
    static HeldOut of(Plane plane, PatchMap map, double share) {
        int width = plane.width();
        int height = plane.height();
        int columns = Math.max(1, (int) Math.round(share * width));
        int rows = Math.max(1, (int) Math.round(share * height));
        List<HeldOut> strips = List.of(
                new HeldOut(new Part(columns, 0, width - columns, height), new Part(0, 0, columns, height)),
                new HeldOut(new Part(0, 0, width - columns, height), new Part(width - columns, 0, columns, height)),
                new HeldOut(new Part(0, rows, width, height - rows), new Part(0, 0, width, rows)),
                new HeldOut(new Part(0, 0, width, height - rows), new Part(0, height - rows, width, rows)));
        HeldOut best = null;
        double least = Double.POSITIVE_INFINITY;
        for (HeldOut strip : strips) {
            double distance =
                    strip.distance(map, PatchMap.Kind.LESION, share) + strip.distance(map, PatchMap.Kind.NORMAL, share);
            if (distance < least) {
                least = distance;
                best = strip;
            }
        }
        return best;
    }

    /** How far the strip's share of one kind of tissue is from the wanted one. */
    private double distance(PatchMap map, PatchMap.Kind kind, double share) {
        double inside = map.cells(kind, validation).length;
        double outside = map.cells(kind, training).length;
        if (inside + outside == 0) {
            return 0;
        }
        double distance = Math.abs(inside / (inside + outside) - share);
        return inside == 0 || outside == 0 ? 1 + distance : distance;
    }
}
