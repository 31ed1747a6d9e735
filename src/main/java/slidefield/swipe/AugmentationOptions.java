package slidefield.swipe;

import slidefield.fit.Check;

/**
 * How training images are varied (SwIPE, supplement, Table 1; the crop is the released code's).
 *
 * @param flip probability of mirroring the columns, and by itself of mirroring the rows
 * @param rotation probability of a turn
 * @param degrees largest turn to either side, uniform
 * @param jitter probability of another light and colour
 * @param colour how far these go, see {@link ColourJitter}
 * @param crop probability of showing a part of the image instead of all of it
 * @param least smallest share of the image's area that a crop shows
 * @param most largest one, uniform between them
 * @param ratio shapes of a crop
 */
public record AugmentationOptions(
        double flip,
        double rotation,
        double degrees,
        double jitter,
        ColourJitter colour,
        double crop,
        double least,
        double most,
        Ratio ratio) {
    /**
     * The range of a crop's width over height, relative to the image's; log-uniform between them.
     *
     * @param least above 0
     * @param most at least that
     */
    public record Ratio(double least, double most) {
        /** @throws IllegalArgumentException if the range is empty */
        public Ratio {
            Check.positive("ratio.least", least);
            Check.atLeast("ratio.most", most, least);
        }
    }

    /** Nothing is changed. */
    public static final AugmentationOptions NONE =
            new AugmentationOptions(0, 0, 0, 0, new ColourJitter(0, 0, 0, 0), 0, 1, 1, new Ratio(1, 1));

    /** @throws IllegalArgumentException if a number is out of range */
    public AugmentationOptions {
        Check.share("flip", flip);
        Check.share("rotation", rotation);
        Check.between("degrees", degrees, 0, 180);
        Check.share("jitter", jitter);
        Check.share("crop", crop);
        Check.between("least", least, 0.01, 1);
        Check.between("most", most, least, 1);
        if (colour == null || ratio == null) {
            throw new IllegalArgumentException("colour and ratio are wanted, found " + colour + " and " + ratio);
        }
    }

    /** The paper's: flips, turns of up to 30 degrees and colour jitter, each with probability 0.5; no crops. */
    public static AugmentationOptions paper() {
        return new AugmentationOptions(0.5, 0.5, 30, 0.5, ColourJitter.MODERATE, 0, 1, 1, new Ratio(1, 1));
    }

    /** The same with the released code's random crops: 0.2 to 0.9 of the area, ratio 0.9 to 1.1, of every image. */
    public static AugmentationOptions released() {
        return new AugmentationOptions(0.5, 0.5, 30, 0.5, ColourJitter.MODERATE, 1, 0.2, 0.9, new Ratio(0.9, 1.1));
    }
}
