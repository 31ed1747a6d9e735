package slidefield.nic;

import slidefield.data.SyntheticOptions;
import slidefield.fit.Seeds;

/**
 * The synthetic data set (Tellez et al. 2019, section 4.1.1). Nothing is stored: image i is drawn anew from the seed and
 * its number alone whenever it is wanted. Labels are drawn evenly, image by image.
 *
 * <p>Never changes: thread-safe.
 *
 * @param options size and density
 * @param digits those of training and those of test images
 * @param seed of all images
 */
public record SyntheticSet(SyntheticOptions options, DigitSets digits, long seed) {
    /**
     * An image of a part.
     *
     * @param part of which purpose
     * @param i from 0, within the part
     */
    public SyntheticImage image(SyntheticPart part, int i) {
        if (i < 0 || i >= part.count()) {
            throw new IllegalArgumentException(
                    part.name() + " has images 0 to " + (part.count() - 1) + ", none of number " + i);
        }
        return part.test() ? test(part.from() + i) : training(part.from() + i);
    }

    /** A training image by its number, from 0. */
    public SyntheticImage training(int i) {
        return SyntheticImage.draw(options, digits.training(), Seeds.random(seed, "training image", i));
    }

    /** A test image by its number, from 0: its digits are seen in no training image. */
    public SyntheticImage test(int i) {
        return SyntheticImage.draw(options, digits.test(), Seeds.random(seed, "test image", i));
    }
}
