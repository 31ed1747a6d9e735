package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import slidefield.score.Confusion;

class SaliencyMapTest {
    /** 30 x 40: a square of 10 x 10 and a spot of 2 x 2 far from it, the rest faint. */
    private static float[] map() {
        float[] values = new float[1200];
        for (int i = 0; i < values.length; i++) {
            int row = i / 40;
            int column = i % 40;
            boolean square = row >= 10 && row < 20 && column >= 5 && column < 15;
            boolean spot = row >= 3 && row < 5 && column >= 32 && column < 34;
            values[i] = square || spot ? 1 : 0.05f;
        }
        return values;
    }

    @Test
    void theRegionIsTheLargestThatStandsOut() {
        // given almost no smoothing
        byte[] truth = new byte[1200];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = (byte) (i / 40 >= 10 && i / 40 < 20 && i % 40 >= 5 && i % 40 < 15 ? 1 : 0);
        }
        SaliencyMap saliency = new SaliencyMap(30, 40, map());

        // when / then the spot is left out, the square is whole
        assertArrayEquals(truth, saliency.region(0.1));
        // with the smoothing of three places it is about the same
        double jaccard = new Confusion().add(saliency.region(), truth).scores().jaccard();
        assertEquals(0.9, jaccard, 0.1);
    }

    @Test
    void nothingStandsOutOfAnEvenMap() {
        assertArrayEquals(new byte[12], new SaliencyMap(3, 4, new float[12]).region());
        assertThrows(IllegalArgumentException.class, () -> new SaliencyMap(3, 4, new float[11]));
    }
}
