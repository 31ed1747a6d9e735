package slidefield.nic;

import java.util.Random;
import slidefield.fit.Check;
import slidefield.fit.Orientation;

/**
 * How patches are varied before encoders see them (Tellez et al. 2019, section 3.2): rotation, stain, brightness, contrast,
 * zoom, elastic deformation, noise. The ranges are not in the paper; those of the presets are choices of ours after later work
 * of the same group. What comes into a patch from beyond its edge is its mirror image.
 *
 * <p>Immutable: safe to use from several threads at once.
 *
 * @param turns whether patches are mirrored and turned by quarters, each of the eight ways as likely as another
 * @param degrees largest turn to either side besides, uniform
 * @param zoom largest share by which a patch is made larger or smaller: the factor is uniform in 1 - zoom to 1 + zoom
 * @param elastic elastic deformation
 * @param stain largest change of a dye's amount ({@link HedStain}): 0.05 is light, 0.2 strong; grey patches have no stain
 * @param brightness the values are multiplied by a factor uniform in 1 - brightness to 1 + brightness
 * @param contrast the values' distances from their mean likewise
 * @param noise largest standard deviation of Gaussian noise, uniform from 0; of values in [0, 1]
 */
public record PatchAugmentation(
        boolean turns,
        double degrees,
        double zoom,
        Elastic elastic,
        double stain,
        double brightness,
        double contrast,
        double noise) {
    /**
     * Elastic deformation ({@link ElasticField}); each number is uniform between its ends.
     *
     * @param leastAlpha of the factor, pixels; 0 with {@code mostAlpha} 0 for none
     * @param mostAlpha at least that
     * @param leastSigma of the Gaussian, pixels, above 0
     * @param mostSigma at least that
     */
    public record Elastic(double leastAlpha, double mostAlpha, double leastSigma, double mostSigma) {
        /** No deformation. */
        public static final Elastic NONE = new Elastic(0, 0, 1, 1);

        /** @throws IllegalArgumentException if a range is empty; names the option */
        public Elastic {
            Check.atLeast("elastic.leastAlpha", leastAlpha, 0);
            Check.atLeast("elastic.mostAlpha", mostAlpha, leastAlpha);
            Check.positive("elastic.leastSigma", leastSigma);
            Check.atLeast("elastic.mostSigma", mostSigma, leastSigma);
        }
    }

    /** Patches as they are. */
    public static final PatchAugmentation NONE = new PatchAugmentation(false, 0, 0, Elastic.NONE, 0, 0, 0, 0);

    /** @throws IllegalArgumentException if a number is out of range; names the option */
    public PatchAugmentation {
        Check.between("degrees", degrees, 0, 180);
        Check.below("zoom", zoom, 0, 1);
        if (elastic == null) {
            throw new IllegalArgumentException("elastic is missing: give leastAlpha, mostAlpha, leastSigma, mostSigma");
        }
        Check.below("stain", stain, 0, 1);
        Check.below("brightness", brightness, 0, 1);
        Check.below("contrast", contrast, 0, 1);
        Check.atLeast("noise", noise, 0);
    }

    /**
     * Everything.
     *
     * @param side pixels along both sides of a patch; the deformation is that of patches of 128 in proportion
     */
    public static PatchAugmentation strong(int side) {
        return new PatchAugmentation(true, 45, 0.2, elastic(side), 0.2, 0.35, 0.35, 0.1);
    }

    /**
     * Turns, and a little of the rest without noise.
     *
     * @param side pixels along both sides of a patch
     */
    public static PatchAugmentation light(int side) {
        return new PatchAugmentation(true, 0, 0.1, elastic(side), 0.05, 0.1, 0.1, 0);
    }

    /**
     * Zoom and deformation alone, for digits (section 4.1.3).
     *
     * @param side pixels along both sides of a patch
     */
    public static PatchAugmentation digits(int side) {
        return new PatchAugmentation(false, 0, 0.2, elastic(side), 0, 0, 0, 0);
    }

    /** A Gaussian's smoothed noise is 1 / sigma as large, so alpha goes with the square of the size. */
    private static Elastic elastic(int side) {
        double share = side / 128.0;
        return new Elastic(80 * share * share, 120 * share * share, 9 * share, 11 * share);
    }

    /**
     * Varies one patch.
     *
     * @param values side x side x colours in [0, 1], row-major; may be changed
     * @param side pixels along both sides
     * @param colours 3, red first, or 1
     * @param random decides
     * @return as many values in [0, 1]
     */
    public float[] apply(float[] values, int side, int colours, Random random) {
        float[] varied = values;
        if (turns) {
            varied = new float[values.length];
            Orientation.random(true, true, random).turn(values, colours, side, side, varied);
        }
        if (degrees > 0 || zoom > 0 || elastic.mostAlpha() > 0) {
            varied = moved(varied, side, colours, random);
        }
        if (stain > 0 && colours == 3) {
            HedStain.random(stain, random).apply(varied);
        }
        if (brightness > 0) {
            awayFrom(varied, 0, factor(brightness, random));
        }
        if (contrast > 0) {
            awayFrom(varied, mean(varied), factor(contrast, random));
        }
        if (noise > 0) {
            double deviation = noise * random.nextDouble();
            for (int i = 0; i < varied.length; i++) {
                varied[i] = clipped(varied[i] + deviation * random.nextGaussian());
            }
        }
        return varied;
    }

    private static double factor(double strength, Random random) {
        return 1 + strength * (2 * random.nextDouble() - 1);
    }

    private static float clipped(double value) {
        return (float) Math.min(1, Math.max(0, value));
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** from + factor (value - from), between 0 and 1. */
    static void awayFrom(float[] values, double from, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] = clipped(from + factor * (values[i] - from));
        }
    }

    private float[] moved(float[] values, int side, int colours, Random random) {
        double angle = StrictMath.toRadians(degrees * (2 * random.nextDouble() - 1));
        double scale = factor(zoom, random);
        double alpha = between(elastic.leastAlpha(), elastic.mostAlpha(), random);
        double sigma = between(elastic.leastSigma(), elastic.mostSigma(), random);
        ElasticField field = alpha > 0 ? ElasticField.random(side, alpha, sigma, random) : null;
        return moved(values, side, colours, angle, scale, field);
    }

    private static double between(double least, double most, Random random) {
        return least + (most - least) * random.nextDouble();
    }

    /**
     * Turns about the centre, zooms and deforms in one resampling, bilinear.
     *
     * @param angle radians, from the x axis towards the y axis
     * @param scale above 1 makes what is shown larger
     * @param field may be null
     */
    static float[] moved(float[] values, int side, int colours, double angle, double scale, ElasticField field) {
        double cosine = StrictMath.cos(angle) / scale;
        double sine = StrictMath.sin(angle) / scale;
        double centre = (side - 1) / 2.0;
        float[] out = new float[values.length];
        for (int i = 0; i < side * side; i++) {
            double u = i % side - centre + (field == null ? 0 : field.x()[i]);
            double v = i / side - centre + (field == null ? 0 : field.y()[i]);
            double x = reflected(centre + cosine * u + sine * v, side);
            double y = reflected(centre - sine * u + cosine * v, side);
            interpolate(values, side, colours, x, y, out, i * colours);
        }
        return out;
    }

    private static void interpolate(float[] values, int side, int colours, double x, double y, float[] out, int at) {
        int left = Math.max(0, Math.min((int) x, side - 2));
        int top = Math.max(0, Math.min((int) y, side - 2));
        int right = Math.min(left + 1, side - 1);
        int bottom = Math.min(top + 1, side - 1);
        double across = x - left;
        double down = y - top;
        for (int c = 0; c < colours; c++) {
            double upper = (1 - across) * values[(top * side + left) * colours + c]
                    + across * values[(top * side + right) * colours + c];
            double lower = (1 - across) * values[(bottom * side + left) * colours + c]
                    + across * values[(bottom * side + right) * colours + c];
            out[at + c] = (float) ((1 - down) * upper + down * lower);
        }
    }

    /** Mirrored at the centres of the first and the last pixel, into 0 to side - 1. */
    private static double reflected(double place, int side) {
        if (side == 1) {
            return 0;
        }
        double period = 2.0 * (side - 1);
        double folded = place - period * Math.floor(place / period);
        return Math.min(folded, period - folded);
    }
}
