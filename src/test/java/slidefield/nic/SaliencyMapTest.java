package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import slidefield.score.Confusion;

class SaliencyMapTest {
    private static final int ROWS = 60;
    private static final int COLUMNS = 80;

    private static boolean square(int place) {
        int row = place / COLUMNS;
        int column = place % COLUMNS;
        return row >= 20 && row < 44 && column >= 10 && column < 34;
    }

    /** A square of 24 x 24 and a spot of 3 x 3 far from it, the rest faint. */
    private static float[] map() {
        float[] values = new float[ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            int row = i / COLUMNS;
            int column = i % COLUMNS;
            boolean spot = row >= 3 && row < 6 && column >= 64 && column < 67;
            values[i] = square(i) || spot ? 1 : 0.05f;
        }
        return values;
    }

    @Test
    void theRegionIsTheLargestThatStandsOut() {
        // given almost no smoothing
        byte[] truth = new byte[ROWS * COLUMNS];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = (byte) (square(i) ? 1 : 0);
        }
        SaliencyMap saliency = new SaliencyMap(ROWS, COLUMNS, map());

        // when / then the spot is left out, the square is whole
        assertArrayEquals(truth, saliency.region(0.1));
        // with the smoothing of three places it loses its corners: 564 common places of 640, computed elsewhere
        double jaccard = new Confusion().add(saliency.region(), truth).scores().jaccard();
        assertEquals(564 / 640.0, jaccard, 0.01);
    }

    @Test
    void nothingStandsOutOfAnEvenMap() {
        assertArrayEquals(new byte[12], new SaliencyMap(3, 4, new float[12]).region());
        assertThrows(IllegalArgumentException.class, () -> new SaliencyMap(3, 4, new float[11]));
    }
}
