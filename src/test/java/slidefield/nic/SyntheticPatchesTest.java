package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SyntheticPatchesTest {
    private static final SyntheticPart PART = new SyntheticPart("some", false, 2, 4);

    private static byte[] one(GreyPatches patches, int i) {
        int length = patches.side() * patches.side();
        return Arrays.copyOfRange(patches.values(), i * length, (i + 1) * length);
    }

    private static boolean white(byte[] patch) {
        for (byte value : patch) {
            if (value == (byte) 255) {
                return true;
            }
        }
        return false;
    }

    @Example
    void patchesWithWhiteAreTwiceAsProbable() {
        // given
        SyntheticSet set = DigitFixture.set(360, 9);
        double all = 0;
        double places = 0;
        for (int i = 0; i < PART.count(); i++) {
            byte[] pixels = set.image(PART, i).pixels();
            for (int y = 0; y <= 351; y++) {
                for (int x = 0; x <= 351; x++) {
                    byte[] patch = new byte[81];
                    for (int row = 0; row < 9; row++) {
                        System.arraycopy(pixels, (y + row) * 360 + x, patch, row * 9, 9);
                    }
                    all += white(patch) ? 1 : 0;
                    places++;
                }
            }
        }
        double share = all / places;
        // when
        GreyPatches patches = new SyntheticPatches(set, PART, 0, 1).patches(20_000);
        double drawn = 0;
        for (int i = 0; i < patches.count(); i++) {
            drawn += white(one(patches, i)) ? 1 : 0;
        }
        // then
        double expected = 2 * share / (2 * share + 1 - share);
        assertTrue(share > 0.2 && share < 0.6, "share " + share);
        assertEquals(expected, drawn / 20_000, 0.012, "where they are drawn evenly: " + share);
    }

    @Example
    void halfOfThePairsShowOnePlace() {
        // given
        SyntheticSet set = DigitFixture.set(360, 9);
        // when
        GreyPairs pairs = new SyntheticPatches(set, PART, 2, 1).pairs(4000);
        // then
        int same = 0;
        for (int i = 0; i < 4000; i++) {
            if (pairs.same()[i]) {
                same++;
                assertArrayEquals(one(pairs.first(), i), one(pairs.second(), i));
            }
        }
        assertEquals(2000, same, 130);
        assertEquals(13, pairs.first().side());
    }

    @Property(tries = 10)
    void neighboursTouchWithoutSharingAPixel(@ForAll long seed) {
        // given an image whose patches tell their place, and margins that show both neighbours
        SyntheticSet set = DigitFixture.set(180, seed);
        SyntheticPart single = new SyntheticPart("one", false, 0, 1);
        // when
        GreyPairs pairs = new SyntheticPatches(set, single, 9, seed).pairs(200);
        // then: the middle of the second is one of the four tiles around the middle of the first
        for (int i = 0; i < 200; i++) {
            byte[] first = one(pairs.first(), i);
            byte[] middle = tile(one(pairs.second(), i), 9, 9);
            if (!pairs.same()[i]) {
                assertTrue(
                        Arrays.equals(middle, tile(first, 0, 9))
                                || Arrays.equals(middle, tile(first, 18, 9))
                                || Arrays.equals(middle, tile(first, 9, 0))
                                || Arrays.equals(middle, tile(first, 9, 18)),
                        "pair " + i);
            }
        }
    }

    private static byte[] tile(byte[] patch, int x, int y) {
        byte[] tile = new byte[81];
        for (int row = 0; row < 9; row++) {
            System.arraycopy(patch, (y + row) * 27 + x, tile, row * 9, 9);
        }
        return tile;
    }

    @Example
    void theSameSeedGivesTheSamePatches() {
        // given
        SyntheticSet set = DigitFixture.set(180, 9);
        // when
        byte[] values = new SyntheticPatches(set, PART, 0, 1).patches(50).values();
        // then
        assertArrayEquals(
                values, new SyntheticPatches(set, PART, 0, 1).patches(50).values());
        assertFalse(Arrays.equals(
                values, new SyntheticPatches(set, PART, 0, 2).patches(50).values()));
        GreyPatches wide = new SyntheticPatches(set, PART, 3, 1).patches(50);
        for (int i = 0; i < 50; i++) {
            byte[] around = one(wide, i);
            byte[] middle = new byte[81];
            for (int row = 0; row < 9; row++) {
                System.arraycopy(around, (row + 3) * 15 + 3, middle, row * 9, 9);
            }
            assertArrayEquals(Arrays.copyOfRange(values, 81 * i, 81 * i + 81), middle, "a margin moves no patch");
        }
        assertThrows(IllegalArgumentException.class, () -> new SyntheticPatches(set, PART, -1, 1));
    }

    @Example
    void valuesAreScaledToOneAroundZero() {
        GreyPatches patches = new GreyPatches(1, new byte[] {0, (byte) 255, 51});
        assertArrayEquals(new float[] {-1, 1, -0.6f}, patches.scaled(0, 3), 1e-6f);
        assertArrayEquals(new float[] {1}, patches.scaled(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new GreyPatches(2, new byte[7]));
    }
}
