package slidefield.swipe.volume;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import slidefield.fit.Check;

/**
 * How volumes are made alike before a network sees them.
 *
 * @param spacing millimetres from voxel to voxel along x, y and z that volumes are interpolated to; empty where each keeps
 *     its own
 * @param rule what low and high mean
 * @param low values up to this become 0
 * @param high values from this on become 1
 */
public record VolumeScalingOptions(List<Double> spacing, Rule rule, double low, double high) {
    /** What the limits are. */
    public enum Rule {
        /** Values: Hounsfield units of a CT. */
        @JsonProperty("values")
        VALUES,
        /** Percentiles of each volume's own values, 0 to 100: for MR, whose values have no unit. */
        @JsonProperty("percentiles")
        PERCENTILES
    }

    /** @throws IllegalArgumentException if a number is out of range */
    public VolumeScalingOptions {
        if (spacing == null || !spacing.isEmpty()) {
            Axes.require("spacing", "numbers of millimetres (or none)", spacing);
        }
        spacing.forEach(along -> Check.positive("spacing", along));
        spacing = List.copyOf(spacing);
        if (rule == null) {
            throw new IllegalArgumentException("rule must be values or percentiles");
        }
        if (rule == Rule.PERCENTILES) {
            Check.between("low", low, 0, 100);
            Check.between("high", high, 0, 100);
        }
        if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("high must be above low, got " + low + " and " + high);
        }
    }

    /** The paper's for CT (supplement, Table 1): 0.76 x 0.76 x 3 mm, -1000 to 1000 Hounsfield units. */
    public static VolumeScalingOptions paper() {
        return new VolumeScalingOptions(List.of(0.76, 0.76, 3.0), Rule.VALUES, -1000, 1000);
    }

    /** For MR: each volume's own voxels, its 0.5th to its 99.5th percentile. */
    public static VolumeScalingOptions resonance() {
        return new VolumeScalingOptions(List.of(), Rule.PERCENTILES, 0.5, 99.5);
    }
}
