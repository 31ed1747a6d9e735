package slidefield.nic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import slidefield.data.SyntheticOptions;
import slidefield.fit.Seeds;

/**
 * Patches of synthetic images for their encoders (Tellez et al. 2019, sections 2.2 and 4.1.5): a patch that holds a white
 * pixel is twice as probable as an empty one. The images of the part give evenly many each, in their order, so that each is
 * drawn once.
 *
 * <p>Never changes: thread-safe.
 */
public final class SyntheticPatches {
    private static final int PATCH = SyntheticOptions.PATCH;

    /** Share of pairs of different places whose second patch is a neighbour of the first; the others' is of another image. */
    private static final double NEIGHBOUR = 0.75;

    /** Chance of a patch without a white pixel to be kept; one with such a pixel is kept always. */
    private static final double EMPTY_KEPT = 0.5;

    private final SyntheticSet set;
    private final SyntheticPart part;
    private final long seed;

    /**
     * @param set that draws the images
     * @param part whose images are used
     * @param seed of the places
     */
    public SyntheticPatches(SyntheticSet set, SyntheticPart part, long seed) {
        this.set = set;
        this.part = part;
        this.seed = seed;
    }

    /**
     * The upper left pixel of a patch.
     *
     * @param x column
     * @param y row
     */
    record Place(int x, int y) {}

    /**
     * Single patches.
     *
     * @param count how many
     * @return patches of 9 x 9 x 1, those of one image one after the other
     */
    public PatchSet patches(int count) {
        List<byte[]> patches = new ArrayList<>();
        int shown = -1;
        SyntheticImage image = null;
        for (int i = 0; i < count; i++) {
            if (imageOf(i, count) != shown) {
                shown = imageOf(i, count);
                image = set.image(part, shown);
            }
            patches.add(cut(image, place(image, Seeds.random(seed, "patch", i))));
        }
        return PatchSet.unlabelled(PATCH, 1, patches);
    }

    /**
     * Pairs of patches, every other one of the same place. Of the others three quarters are neighbours that touch without
     * sharing a pixel, one quarter is of two images; where there is one image, all are neighbours.
     *
     * @param count how many pairs
     * @return pairs of patches of 9 x 9 x 1, those of one image one after the other
     */
    public PatchPairs pairs(int count) {
        List<byte[]> patches = new ArrayList<>();
        int[] first = new int[count];
        int[] second = new int[count];
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
            same[i] = i % 2 == 0;
            first[i] = patches.size();
            patches.add(cut(image, place));
            second[i] = same[i] ? first[i] : patches.size();
            if (!same[i]) {
                boolean near = random.nextDouble() < NEIGHBOUR || part.count() == 1;
                patches.add(
                        near ? cut(image, neighbour(place, image.size(), random)) : cut(other, place(other, random)));
            }
        }
        return new PatchPairs(PatchSet.unlabelled(PATCH, 1, patches), first, second, same);
    }

    private int imageOf(int i, int count) {
        return (int) ((long) i * part.count() / count);
    }

    private static byte[] cut(SyntheticImage image, Place place) {
        byte[] patch = new byte[PATCH * PATCH];
        for (int row = 0; row < PATCH; row++) {
            System.arraycopy(image.pixels(), (place.y + row) * image.size() + place.x, patch, row * PATCH, PATCH);
        }
        return patch;
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
    static Place neighbour(Place place, int size, Random random) {
        int step = random.nextBoolean() ? PATCH : -PATCH;
        boolean sideways = random.nextBoolean();
        int at = sideways ? place.x : place.y;
        int moved = at + step < 0 || at + step > size - PATCH ? at - step : at + step;
        return sideways ? new Place(moved, place.y) : new Place(place.x, moved);
    }
}
