package slidefield.data;

import slidefield.io.InputException;

/**
 * What synthetic images are (Tellez et al. 2019, sections 4.1.1 and 4.1.5). Rectangles grow with the image; digits do not.
 *
 * <p>Immutable: thread-safe.
 *
 * @param size pixels along both sides, a multiple of {@value #PATCH}, {@value #LEAST} to {@value #MOST}; the paper's are
 *     3600
 * @param density digits per pixel, above 0 and at most one in {@value #PATCH} x {@value #PATCH} pixels; the paper's 0.002
 *     are 25,920 digits in an image of 3600 x 3600
 * @param shrink how many times shorter the shortest rectangle's long side is than the longest's limit of half the image's
 *     side, at least 2; the paper's 50 are 36 of 1800 pixels
 */
public record SyntheticOptions(int size, double density, int shrink) {
    /** P, pixels along both sides of a patch. */
    public static final int PATCH = 9;

    private static final int LEAST = 90;
    private static final int MOST = 45_000;

    /** @throws InputException if a value cannot be used; names its key */
    public SyntheticOptions {
        if (size < LEAST || size > MOST || size % PATCH != 0) {
            throw new BadKeyException(
                    "size",
                    "expected a multiple of " + PATCH + " pixels from " + LEAST + " to " + MOST + ", found " + size);
        }
        if (!(density > 0 && density * PATCH * PATCH <= 1)) {
            throw new BadKeyException(
                    "density",
                    "expected digits per pixel, above 0 and at most 1/" + PATCH * PATCH + ", found " + density);
        }
        if (shrink < 2 || shrink > MOST) {
            throw new BadKeyException("shrink", "expected 2 to " + MOST + ", found " + shrink);
        }
    }

    /** The paper's. */
    public static SyntheticOptions paper() {
        return new SyntheticOptions(3600, 0.002, 50);
    }

    /** The same of another size. */
    public SyntheticOptions withSize(int other) {
        return new SyntheticOptions(other, density, shrink);
    }

    /** How many digits an image shows. */
    public int digits() {
        return (int) ((double) size * size * density);
    }

    /** A long side is shorter than this: half the image's side. */
    public int longest() {
        return size / 2;
    }

    /** The shortest long side: never less than the two pixels that give a short side of one. */
    public int shortest() {
        return Math.max(2, longest() / shrink);
    }
}
