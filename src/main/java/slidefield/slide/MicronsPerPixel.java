package slidefield.slide;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Where a slide's resolution comes from: OpenSlide's own properties, else the TIFF resolution tags where plausible. */
final class MicronsPerPixel {
    /** Below: finer than light can show; above: a print resolution rather than a microscope's. */
    static final double SMALLEST = 0.05;

    static final double LARGEST = 100;

    private MicronsPerPixel() {}

    /**
     * The mean of {@code openslide.mpp-x} and {@code -y}; where neither is a positive number, the mean of
     * {@code tiff.XResolution} and {@code YResolution} if it lies in 0.05 ... 100 um.
     *
     * @param properties a slide's properties
     * @return micrometres per level-0 pixel, or empty
     */
    static OptionalDouble of(Map<String, String> properties) {
        OptionalDouble own =
                mean(positive(properties.get("openslide.mpp-x")), positive(properties.get("openslide.mpp-y")));
        if (own.isPresent()) {
            return own;
        }
        double unit = unit(properties.get("tiff.ResolutionUnit"));
        OptionalDouble tags = mean(
                inverse(unit, positive(properties.get("tiff.XResolution"))),
                inverse(unit, positive(properties.get("tiff.YResolution"))));
        return tags.isPresent() && tags.getAsDouble() >= SMALLEST && tags.getAsDouble() <= LARGEST
                ? tags
                : OptionalDouble.empty();
    }

    /** A finite number over zero, or empty. */
    static OptionalDouble positive(String text) {
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text.strip());
            return value > 0 && Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException notANumber) {
            return OptionalDouble.empty();
        }
    }

    /** Micrometres per resolution unit; NaN for none. */
    private static double unit(String name) {
        if ("centimeter".equalsIgnoreCase(name)) {
            return 10_000;
        }
        return "inch".equalsIgnoreCase(name) ? 25_400 : Double.NaN;
    }

    private static OptionalDouble inverse(double unit, OptionalDouble perUnit) {
        return Double.isNaN(unit) || perUnit.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(unit / perUnit.getAsDouble());
    }

    private static OptionalDouble mean(OptionalDouble a, OptionalDouble b) {
        return DoubleStream.concat(a.stream(), b.stream()).average();
    }
}
