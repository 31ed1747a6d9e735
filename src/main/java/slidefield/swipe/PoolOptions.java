package slidefield.swipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import slidefield.fit.Check;

/**
 * How many points of an image are sampled beforehand, and where.
 *
 * @param background points outside every class
 * @param perClass points of each foreground class
 * @param nearShare share of a foreground class's points that are drawn at its boundary
 * @param rule how those are drawn
 * @param distance pixels: the largest distance from the boundary ({@link Rule#BAND}), or the standard deviation
 *     ({@link Rule#JITTER})
 */
public record PoolOptions(int background, int perClass, double nearShare, Rule rule, double distance) {
    /** How the points at a boundary are drawn. */
    public enum Rule {
        /** Inside the class, within a distance of its boundary; the others lie deeper (the paper). */
        @JsonProperty("band")
        BAND,
        /** Pixels of the boundary, moved by normally distributed steps; the others lie anywhere in the class (the code). */
        @JsonProperty("jitter")
        JITTER
    }

    /** @throws IllegalArgumentException if a number is out of range */
    public PoolOptions {
        Check.between("background", background, 1, 1_000_000);
        Check.between("perClass", perClass, 1, 1_000_000);
        Check.share("nearShare", nearShare);
        Check.positive("distance", distance);
        if (rule == null) {
            throw new IllegalArgumentException("rule must be band or jitter");
        }
    }

    /** Sections 2.3 and 3.1: 4000 background and 2000 foreground points, half of these within 10 pixels of the boundary. */
    public static PoolOptions paper() {
        return new PoolOptions(4000, 2000, 0.5, Rule.BAND, 10);
    }

    /** The released pool: 4000 background, 1500 interior and 500 boundary points with a standard deviation of 5 pixels. */
    public static PoolOptions released() {
        return new PoolOptions(4000, 2000, 0.25, Rule.JITTER, 5);
    }

    /** Points of a foreground class that are drawn at its boundary. */
    int near() {
        return (int) Math.round(perClass * nearShare);
    }
}
