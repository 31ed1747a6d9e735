package slidefield.nic;

import java.util.Random;
import slidefield.fit.Seeds;

/**
 * Patches of synthetic images for their encoders (Tellez et al. 2019, sections 2.2 and 4.1.5): a patch that holds a white
 * pixel is twice as probable as an empty one. The images of the part give evenly many each, in their order, so that each
 * is drawn once.
 *
 * <p>Augmentation is the encoders'. One that moves pixels may ask for a margin around each patch to take them from.
 *
 * <p>Never changes: thread-safe.
 */
public final class SyntheticPatches {
    private static final int PATCH = SyntheticOptions.PATCH;

    /** Share of pairs that show the same place. */
    private static final double SAME = 0.5;

    /** Share of the other pairs whose second patch is a neighbour of the first; the others' is of another image. */
    private static final double NEIGHBOUR = 0.75;

    /** Chance of an empty patch to be kept; one with a white pixel is kept always. */
    private static final double EMPTY_KEPT = 0.5;

    private final SyntheticSet set;
    private final SyntheticPart part;
    private final int margin;
    private final long seed;

    /**
     * @param set that draws the images
     * @param part whose images are used
     * @param margin pixels around each patch, at least 0; what lies outside the image is black
     * @param seed of the places
     */
    public SyntheticPatches(SyntheticSet set, SyntheticPart part, int margin, long seed) {
        if (margin < 0 || margin > PATCH) {
            throw new IllegalArgumentException("expected a margin of 0 to " + PATCH + " pixels, found " + margin);
        }
        this.set = set;
        this.part = part;
        this.margin = margin;
        this.seed = seed;
    }

    /** A place of an image; what is measured is its upper left pixel. */
    private record Place(int x, int y) {}

    /** Writes the patches of one image into an array. */
    private final class Sheet {
        private final byte[] values;

        Sheet(int count) {
            values = new byte[Math.multiplyExact(count, side() * side())];
        }

        void put(int index, SyntheticImage image, Place place) {
            int size = image.size();
            int at = index * side() * side();
            for (int row = place.y - margin; row < place.y + PATCH + margin; row++) {
                for (int column = place.x - margin; column < place.x + PATCH + margin; column++, at++) {
                    boolean inside = row >= 0 && column >= 0 && row < size && column < size;
                    values[at] = inside ? image.pixels()[row * size + column] : 0;
                }
            }
        }

        GreyPatches patches() {
            return new GreyPatches(side(), values);
        }
    }

    private int side() {
        return PATCH + 2 * margin;
    }

    /**
     * Single patches.
     *
     * @param count how many
     * @return count patches of 9 pixels and twice the margin, those of one image one after the other
     */
    public GreyPatches patches(int count) {
        Sheet sheet = new Sheet(count);
        int shown = -1;
        SyntheticImage image = null;
        for (int i = 0; i < count; i++) {
            if (imageOf(i, count) != shown) {
                shown = imageOf(i, count);
                image = set.image(part, shown);
            }
            sheet.put(i, image, place(image, Seeds.random(seed, "patch", i)));
        }
        return sheet.patches();
    }

    /**
     * Pairs, half of them of the same place, not yet augmented; of the other half three quarters are neighbours that touch
     * without sharing a pixel, one quarter are of two images.
     *
     * @param count how many
     * @return count pairs of patches of 9 pixels and twice the margin, those of one image one after the other
     */
    public GreyPairs pairs(int count) {
        Sheet first = new Sheet(count);
        Sheet second = new Sheet(count);
        boolean[] same = new boolean[count];
        int shown = -1;
        SyntheticImage image = null;
        SyntheticImage other = null;
        for (int i = 0; i < count; i++) {
            if (imageOf(i, count) != shown) {
                other = image;
                shown = imageOf(i, count);
                image = set.image(part, shown);
                other = other == null ? set.image(part, part.count() - 1) : other;
            }
            Random random = Seeds.random(seed, "pair", i);
            Place place = place(image, random);
            first.put(i, image, place);
            same[i] = random.nextDouble() < SAME;
            if (same[i]) {
                second.put(i, image, place);
            } else if (random.nextDouble() < NEIGHBOUR || part.count() == 1) {
                second.put(i, image, neighbour(place, image.size(), random));
            } else {
                second.put(i, other, place(other, random));
            }
        }
        return new GreyPairs(first.patches(), second.patches(), same);
    }

    private int imageOf(int i, int count) {
        return (int) ((long) i * part.count() / count);
    }

    private static Place place(SyntheticImage image, Random random) {
        int places = image.size() - PATCH + 1;
        while (true) {
            Place place = new Place(random.nextInt(places), random.nextInt(places));
            if (random.nextDouble() < (white(image, place) ? 1 : EMPTY_KEPT)) {
                return place;
            }
        }
    }

    private static boolean white(SyntheticImage image, Place place) {
        for (int row = place.y; row < place.y + PATCH; row++) {
            int start = row * image.size() + place.x;
            for (int i = start; i < start + PATCH; i++) {
                if (image.pixels()[i] == (byte) 255) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The patch to the left, right, above or below; where that leaves the image, the one opposite. */
    private static Place neighbour(Place place, int size, Random random) {
        int step = random.nextBoolean() ? PATCH : -PATCH;
        boolean sideways = random.nextBoolean();
        int at = sideways ? place.x : place.y;
        int moved = at + step < 0 || at + step > size - PATCH ? at - step : at + step;
        return sideways ? new Place(moved, place.y) : new Place(place.x, moved);
    }
}
