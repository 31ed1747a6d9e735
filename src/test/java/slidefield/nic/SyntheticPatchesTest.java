package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import slidefield.nic.SyntheticPatches.Place;

class SyntheticPatchesTest {
    private static final SyntheticPart PART = new SyntheticPart("some", false, 2, 4);

    private static boolean white(byte[] patch) {
        for (byte value : patch) {
            if (value == (byte) 255) {
                return true;
            }
        }
        return false;
    }

    private static byte[] cut(SyntheticImage image, int x, int y) {
        byte[] patch = new byte[81];
        for (int row = 0; row < 9; row++) {
            System.arraycopy(image.pixels(), (y + row) * image.size() + x, patch, row * 9, 9);
        }
        return patch;
    }

    @Example
    void patchesWithWhiteAreTwiceAsProbable() {
        // given
        SyntheticSet set = DigitFixture.set(360, 9);
        double all = 0;
        double places = 0;
        for (int i = 0; i < PART.count(); i++) {
            SyntheticImage image = set.image(PART, i);
            for (int y = 0; y <= 351; y++) {
                for (int x = 0; x <= 351; x++) {
                    all += white(cut(image, x, y)) ? 1 : 0;
                    places++;
                }
            }
        }
        double share = all / places;
        // when
        PatchSet patches = new SyntheticPatches(set, PART, 1).patches(20_000);
        double drawn =
                patches.patches().stream().filter(SyntheticPatchesTest::white).count();
        // then
        double expected = 2 * share / (2 * share + 1 - share);
        assertTrue(share > 0.2 && share < 0.6, "share " + share);
        assertEquals(expected, drawn / 20_000, 0.012, "where they are drawn evenly: " + share);
    }

    @Example
    void patchesAreOfTheirImagesInOrder() {
        // given
        SyntheticSet set = DigitFixture.set(90, 9);
        // when
        List<byte[]> patches = new SyntheticPatches(set, PART, 1).patches(40).patches();
        // then
        assertEquals(40, patches.size());
        for (int i = 0; i < 40; i++) {
            SyntheticImage image = set.image(PART, i / 10);
            boolean found = false;
            for (int place = 0; place < 82 * 82 && !found; place++) {
                found = Arrays.equals(patches.get(i), cut(image, place % 82, place / 82));
            }
            assertTrue(found, "patch " + i + " is not of image " + i / 10);
        }
    }

    @Example
    void everyOtherPairShowsOnePlace() {
        // given
        SyntheticSet set = DigitFixture.set(180, 9);
        // when
        PatchPairs pairs = new SyntheticPatches(set, PART, 1).pairs(400);
        // then
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            assertEquals(i % 2 == 0, pairs.same()[i]);
            assertEquals(pairs.same()[i], pairs.first()[i] == pairs.second()[i]);
            used.add(pairs.first()[i]);
            used.add(pairs.second()[i]);
        }
        assertEquals(600, pairs.patches().count());
        assertEquals(600, used.size());
        assertEquals(9, pairs.patches().side());
        assertEquals(1, pairs.patches().colours());
    }

    @Property
    void neighboursTouchWithoutSharingAPixel(
            @ForAll long seed, @ForAll @IntRange(max = 81) int x, @ForAll @IntRange(max = 81) int y) {
        // when
        Place place = SyntheticPatches.neighbour(new Place(x, y), 90, new Random(seed));
        // then
        assertEquals(9, Math.abs(place.x() - x) + Math.abs(place.y() - y));
        assertTrue(place.x() == x || place.y() == y);
        assertTrue(Math.min(place.x(), place.y()) >= 0 && Math.max(place.x(), place.y()) <= 81, place::toString);
    }

    @Example
    void oneImageHasNeighboursOnly() {
        // given
        SyntheticSet set = DigitFixture.set(90, 3);
        SyntheticPart single = new SyntheticPart("one", true, 5, 1);
        // when
        PatchPairs pairs = new SyntheticPatches(set, single, 1).pairs(60);
        // then
        SyntheticImage image = set.test(5);
        Set<String> all = new HashSet<>();
        for (int place = 0; place < 82 * 82; place++) {
            all.add(Arrays.toString(cut(image, place % 82, place / 82)));
        }
        assertTrue(pairs.patches().patches().stream().allMatch(patch -> all.contains(Arrays.toString(patch))));
    }

    @Example
    void theSameSeedGivesTheSamePatches() {
        // given
        SyntheticSet set = DigitFixture.set(180, 9);
        // when
        byte[][] patches = array(new SyntheticPatches(set, PART, 1).patches(50));
        // then
        assertArrayEquals(patches, array(new SyntheticPatches(set, PART, 1).patches(50)));
        assertFalse(Arrays.deepEquals(patches, array(new SyntheticPatches(set, PART, 2).patches(50))));
        assertArrayEquals(
                array(new SyntheticPatches(set, PART, 1).pairs(50).patches()),
                array(new SyntheticPatches(set, PART, 1).pairs(50).patches()));
    }

    private static byte[][] array(PatchSet patches) {
        return patches.patches().toArray(byte[][]::new);
    }
}
