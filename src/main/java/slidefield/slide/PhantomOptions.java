package slidefield.slide;

import slidefield.io.InputException;

/**
 * What a synthetic slide should be; see {@link PhantomSlide}. Everything drawn is measured in micrometres, so the
 * same seed and extent give the same tissue at any pixel size.
 *
 * @param width pixels, {@value #MIN_SIDE} to {@value #MAX_SIDE}; the sides differ by at most {@value #MAX_ASPECT} times
 * @param height pixels, {@value #MIN_SIDE} to {@value #MAX_SIDE}
 * @param mpp micrometres per pixel, {@value #MIN_MPP} to {@value #MAX_MPP}: nuclei are 6 to 14 micrometres
 * @param seed any number; stain, layout, nuclei and grain follow from it alone
 * @param lesionFraction share of the tissue that lesions aim at, {@value #MIN_LESION} to {@value #MAX_LESION}; below
 *     {@value #SMALL_LESION} one or two small ones, as micro-metastases are; 0 for none; null lets the seed choose
 * @param format how the file is stored; its pixel size is replaced by {@code mpp}
 */
public record PhantomOptions(
        int width, int height, double mpp, long seed, Double lesionFraction, PyramidOptions format) {
    static final int MIN_SIDE = 128;
    static final int MAX_SIDE = 100_000;
    static final int MAX_ASPECT = 4;
    static final double MIN_MPP = 0.1;
    static final double MAX_MPP = 4;
    static final double MIN_LESION = 0.01;
    static final double SMALL_LESION = 0.15;
    static final double MAX_LESION = 0.45;
    /** Less than this on the short side, in micrometres, has no room for tissue with a lesion inside. */
    private static final double MIN_EXTENT = 100;

    /** Refuses impossible values with a line that names the option. */
    public PhantomOptions {
        require(
                width >= MIN_SIDE && height >= MIN_SIDE && width <= MAX_SIDE && height <= MAX_SIDE,
                "a synthetic slide is " + MIN_SIDE + " to " + MAX_SIDE + " pixels wide and high, found " + width + " x "
                        + height);
        require(
                mpp >= MIN_MPP && mpp <= MAX_MPP,
                "the mpp of a synthetic slide is " + MIN_MPP + " to " + MAX_MPP + ", found " + mpp);
        require(
                Math.min(width, height) * mpp >= MIN_EXTENT,
                "a synthetic slide needs at least " + MIN_EXTENT + " micrometres on its short side, found "
                        + Math.min(width, height) * mpp + ": use more pixels or a larger mpp");
        require(
                Math.max(width, height) <= MAX_ASPECT * Math.min(width, height),
                "a synthetic slide is at most " + MAX_ASPECT + " times as long as wide, found " + width + " x "
                        + height);
        require(
                lesionFraction == null
                        || lesionFraction == 0
                        || lesionFraction >= MIN_LESION && lesionFraction <= MAX_LESION,
                "the lesion fraction of a synthetic slide is " + MIN_LESION + " to " + MAX_LESION
                        + ", or 0 for none, found " + lesionFraction);
    }

    /** 2048 x 1536 pixels of 1 micrometre: 2 x 1.5 mm, nuclei 6 to 14 pixels wide; JPEG tiles. */
    public static PhantomOptions defaults() {
        return new PhantomOptions(2048, 1536, 1.0, 1, null, PyramidOptions.jpeg());
    }

    /** The same with another size in pixels. */
    public PhantomOptions withSize(int columns, int rows) {
        return new PhantomOptions(columns, rows, mpp, seed, lesionFraction, format);
    }

    /** The same with another pixel size in micrometres. */
    public PhantomOptions withMpp(double micrometres) {
        return new PhantomOptions(width, height, micrometres, seed, lesionFraction, format);
    }

    /** The same with another seed. */
    public PhantomOptions withSeed(long number) {
        return new PhantomOptions(width, height, mpp, number, lesionFraction, format);
    }

    /** The same with another aim for the lesions' share of the tissue; 0 for no lesion. */
    public PhantomOptions withLesionFraction(double fraction) {
        return new PhantomOptions(width, height, mpp, seed, fraction, format);
    }

    /** The same stored otherwise. */
    public PhantomOptions withFormat(PyramidOptions stored) {
        return new PhantomOptions(width, height, mpp, seed, lesionFraction, stored);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new InputException(message);
        }
    }
}
