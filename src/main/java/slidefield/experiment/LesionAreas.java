package slidefield.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.fit.OpenedSlide;
import slidefield.fit.SlidePlane;
import slidefield.score.Resolution;

/** How much of each slide is annotated as lesion (Tellez et al. 2019, section 4.4), in square millimetres. */
final class LesionAreas {
    /** Pixels along the longer side of the mask that is counted, at most. */
    private static final int LONG_SIDE = 8192;

    private static final int TILE = 1024;
    private static final double MICROMETRES = 1e6;

    private LesionAreas() {}

    /**
     * @param context its slides; those without an annotation are left out
     * @param manifest names those that are measured
     * @return by slide name
     */
    static Map<String, Double> of(ExperimentContext<?> context, Manifest manifest) {
        Map<String, Double> areas = new LinkedHashMap<>();
        for (SlideEntry entry : manifest.slides()) {
            if (entry.annotation() != null) {
                try (OpenedSlide slide = OpenedSlide.open(entry, manifest.base(), context.data())) {
                    areas.put(entry.name(), squareMillimetres(slide));
                }
            }
        }
        return areas;
    }

    static double squareMillimetres(OpenedSlide slide) {
        SlidePlane base = slide.at(Resolution.BASE);
        int longSide = Math.max(base.width(), base.height());
        SlidePlane plane = longSide > LONG_SIDE ? base.coarser((longSide - 1) / LONG_SIDE + 1) : base;
        long pixels = 0;
        for (int y = 0; y < plane.height(); y += TILE) {
            for (int x = 0; x < plane.width(); x += TILE) {
                for (byte each :
                        plane.mask(x, y, Math.min(TILE, plane.width() - x), Math.min(TILE, plane.height() - y))) {
                    pixels += each;
                }
            }
        }
        double mpp = slide.slide().mpp().orElseThrow();
        return pixels * plane.view().scaleX() * mpp * plane.view().scaleY() * mpp / MICROMETRES;
    }
}
