package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GridCropsTest {
    /** One value a place; 0 is background. */
    private static CodeGrid grid(int columns, float... values) {
        return new CodeGrid(values.length / columns, columns, 1, values);
    }

    /** 3 x 3 tissue in a frame. */
    private static final CodeGrid FRAMED =
            grid(5, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0, 0, 7, 8, 9, 0, 0, 0, 0, 0, 0);

    @Test
    void depthIsTheDistanceToTheBackgroundAndTheGridsEdgeIsNone() {
        GridCrops crops = new GridCrops("x", FRAMED, 3);
        assertArrayEquals(
                new float[] {0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 2, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0}, crops.depth());
        assertEquals(new GridCrops.Place(2, 2), crops.deepest());
        // the only background lies at the left: the deepest place is at the right edge
        assertEquals(new GridCrops.Place(0, 3), new GridCrops("x", grid(4, 0, 1, 1, 1), 3).deepest());
    }

    @Test
    void placesAreDrawnInProportionToTheSquareOfTheirDepth() {
        // given weights of 4 in the middle and 1 at the eight places around it
        GridCrops crops = new GridCrops("x", FRAMED, 3);
        Random random = new Random(7);
        int draws = 60000;
        int[] counts = new int[25];

        // when
        for (int k = 0; k < draws; k++) {
            GridCrops.Place place = crops.draw(random);
            counts[place.row() * 5 + place.column()]++;
        }

        // then (4 deviations)
        for (int i = 0; i < 25; i++) {
            double share = crops.depth()[i] * crops.depth()[i] / 12.0;
            assertEquals(share * draws, counts[i], 4 * Math.sqrt(draws * share * (1 - share)), "place " + i);
        }
    }

    @Test
    void testCropsLieAtEqualRanksOfTheTissue() {
        GridCrops crops = new GridCrops("x", FRAMED, 3);
        // nine places: ranks 0, 2, 4, 6
        assertEquals(
                List.of(
                        new GridCrops.Place(1, 1),
                        new GridCrops.Place(1, 3),
                        new GridCrops.Place(2, 2),
                        new GridCrops.Place(3, 1)),
                crops.spread(4));
        assertEquals(List.of(new GridCrops.Place(2, 2)), crops.spread(1));
        assertEquals(20, crops.spread(20).size());
    }

    @Test
    void whatLiesOutsideIsZero() {
        GridCrops crops = new GridCrops("x", grid(3, 1, 2, 3, 4, 5, 6, 0, 8, 9), 3);
        float[] crop = {-1, -1, -1, -1, -1, -1, -1, -1, -1};
        crops.cut(new GridCrops.Place(0, 0), crop);
        assertArrayEquals(new float[] {0, 0, 0, 0, 1, 2, 0, 4, 5}, crop);
        crops.cut(new GridCrops.Place(2, 1), crop);
        assertArrayEquals(new float[] {4, 5, 6, 0, 8, 9, 0, 0, 0}, crop);
        crops.cut(new GridCrops.Place(1, 1), crop);
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 0, 8, 9}, crop);
        // also wholly outside
        for (int[] corner : new int[][] {{-9, 0}, {9, 0}, {0, -9}, {0, 9}}) {
            new CodeGrid(1, 2, 1, new float[] {1, 2}).cut(corner[0], corner[1], 3, crop);
            assertArrayEquals(new float[9], crop);
        }
    }

    @Test
    void allValuesOfAPlaceMoveTogether() {
        GridCrops crops = new GridCrops("x", new CodeGrid(1, 3, 2, new float[] {1, 2, 3, 4, 0, 0}), 3);
        float[] crop = new float[18];
        crops.cut(new GridCrops.Place(0, 0), crop);
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0}, crop);
    }

    @Test
    void aGridWithoutBackgroundLiesInTheMiddleOfACropThatHoldsIt() {
        float[] ones = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        GridCrops crops = new GridCrops("x", grid(3, ones), 3);
        for (long seed = 0; seed < 20; seed++) {
            assertEquals(new GridCrops.Place(1, 1), crops.draw(new Random(seed)));
        }
        assertEquals(List.of(new GridCrops.Place(1, 1)), crops.spread(10));
        float[] crop = new float[9];
        crops.cut(crops.deepest(), crop);
        assertArrayEquals(ones, crop);
        // a larger one is cropped, around its middle at best
        GridCrops larger = new GridCrops("x", grid(5, 1, 1, 1, 1, 1), 3);
        assertArrayEquals(new float[] {1, 1, 1, 1, 1}, larger.depth());
        assertEquals(5, larger.spread(5).size());
    }
}
