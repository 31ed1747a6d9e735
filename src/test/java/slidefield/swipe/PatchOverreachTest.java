package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where patches lie, and which neighbours a point is decoded from. */
class PatchOverreachTest {
    /** 5 columns and 4 rows of patches. */
    private static final PatchGrid GRID = new PatchGrid(128, 160, 32);

    private static Set<Integer> drawn(PatchGrid grid, int patch, int connectivity) {
        int[] found = PatchOverreach.neighbours(grid, new int[] {patch}, connectivity, 400, new Random(3));
        return Arrays.stream(found).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void pointsBelongToThePatchTheyLieIn() {
        assertEquals(20, GRID.count());
        assertEquals(0, GRID.of(0, 0));
        assertEquals(0, GRID.of(31.9f, 31.9f));
        assertEquals(1, GRID.of(32, 31.9f));
        assertEquals(19, GRID.of(159, 127));
        // and those just outside to the nearest
        assertEquals(5, GRID.of(-0.4f, 32));
        assertEquals(19, GRID.of(160, 128.5f));
    }

    @Test
    void centresAreThoseOfTheReleasedCode() {
        // k S + S / 2 pixels, as 2 pixel / (size - 1) - 1
        assertEquals(2 * 48 / 159.0 - 1, GRID.centreX(6), 1e-6);
        assertEquals(2 * 112 / 127.0 - 1, GRID.centreY(19), 1e-6);
    }

    @Test
    void insideEveryNeighbourIsDrawnAndNothingElse() {
        assertEquals(Set.of(2, 6, 8, 12), drawn(GRID, 7, 4));
        assertEquals(Set.of(1, 2, 3, 6, 8, 11, 12, 13), drawn(GRID, 7, 8));
    }

    @Test
    void outsideIndicesAreBroughtBack() {
        // before the first the second, behind the last the last
        assertEquals(1, PatchOverreach.reflected(-1, 5));
        assertEquals(4, PatchOverreach.reflected(5, 5));
        assertEquals(3, PatchOverreach.reflected(3, 5));
        assertEquals(0, PatchOverreach.reflected(-1, 1));
        assertEquals(0, PatchOverreach.reflected(1, 1));
        // so the first patch has its right and lower neighbours, the last one itself too
        assertEquals(Set.of(1, 5), drawn(GRID, 0, 4));
        assertEquals(Set.of(14, 18, 19), drawn(GRID, 19, 4));
        assertEquals(Set.of(0), drawn(new PatchGrid(32, 32, 32), 0, 8));
    }

    @Test
    void theSameSeedDrawsTheSame() {
        // given
        int[] patches = {3, 7, 7, 12};

        // when
        int[] first = PatchOverreach.neighbours(GRID, patches, 8, 8, new Random(5));
        int[] again = PatchOverreach.neighbours(GRID, patches, 8, 8, new Random(5));
        int[] other = PatchOverreach.neighbours(GRID, patches, 8, 8, new Random(6));

        // then
        assertEquals(32, first.length);
        assertArrayEquals(first, again);
        assertFalse(Arrays.equals(first, other));
        // those of a point follow each other
        assertTrue(Arrays.stream(first, 0, 8).allMatch(k -> Math.abs(k % 5 - 3) <= 1 && k / 5 <= 1));
    }
}
