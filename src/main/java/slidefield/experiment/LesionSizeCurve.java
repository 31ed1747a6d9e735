package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.nic.SlidePrediction;

/**
 * How sure a network is of slides with lesions of different sizes (Tellez et al. 2019, Figure 8). A lesion's size is the
 * radius of the circle whose area is all that is annotated in the slide. The paper names no bins; here they hold evenly
 * many slides.
 *
 * @param positive mean probability of positive slides by radius in mm (the solid line)
 * @param negative mean probability of negative slides (the dashed line); NaN where there are none
 */
record LesionSizeCurve(Binned positive, double negative) {
    /**
     * @param squareMillimetres annotated area, at least 0
     * @return radius of the circle of that area, in mm: sqrt(area / pi)
     */
    static double radius(double squareMillimetres) {
        if (!(squareMillimetres >= 0)) {
            throw new IllegalArgumentException("an annotated area of " + squareMillimetres + " square millimetres");
        }
        return Math.sqrt(squareMillimetres / Math.PI);
    }

    /**
     * @param manifest of the slides, with their labels
     * @param predictions of held-out slides, each the probability of a metastasis
     * @param set says which are positive; slides outside it are left out
     * @param areas annotated square millimetres by slide name; positive slides without one are left out
     * @param bins how many
     * @throws IllegalArgumentException if no positive slide has an area
     */
    static LesionSizeCurve of(
            Manifest manifest, List<SlidePrediction> predictions, NicSet set, Map<String, Double> areas, int bins) {
        List<Double> radius = new ArrayList<>();
        List<Double> probability = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (SlidePrediction one : predictions) {
            SlideEntry slide = manifest.slide(one.name());
            Double area = areas.get(one.name());
            if (!set.holds(slide)) {
                continue;
            }
            if (!set.positive(slide)) {
                without.add(one.score());
            } else if (area != null) {
                radius.add(radius(area));
                probability.add(one.score());
            }
        }
        if (radius.isEmpty()) {
            throw new IllegalArgumentException("no positive slide has an annotated area");
        }
        double[] x = array(radius);
        return new LesionSizeCurve(
                Binned.of(Binned.evenly(x, bins), x, array(probability)),
                Spread.of(array(without)).mean());
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
