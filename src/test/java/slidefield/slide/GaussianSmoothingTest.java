package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GaussianSmoothingTest {
    @Test
    void aPointBecomesTheGaussian() {
        // given a point in the middle of a map that is large enough
        float[] map = new float[41 * 31];
        map[15 * 41 + 20] = 1;

        float[] smooth = GaussianSmoothing.of(map, 41, 31, 2);

        for (int row = 0; row < 31; row++) {
            for (int column = 0; column < 41; column++) {
                int down = row - 15;
                int across = column - 20;
                boolean near = Math.abs(down) <= 8 && Math.abs(across) <= 8;
                double wanted = near ? Math.exp(-(down * down + across * across) / 8.0) / (8 * Math.PI) : 0;
                assertEquals(wanted, smooth[row * 41 + column], 5e-6);
            }
        }
    }

    @Test
    void theMeanStaysAlsoAtTheEdges() {
        float[] map = {8, 0, 0, 0, 0, 4};
        float[] smooth = GaussianSmoothing.of(map, 3, 2, 3);
        double sum = 0;
        for (float value : smooth) {
            sum += value;
        }
        assertEquals(12, sum, 1e-5);
        assertArrayEquals(new float[] {5, 5}, GaussianSmoothing.of(new float[] {5, 5}, 1, 2, 7), 1e-5f);
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> GaussianSmoothing.of(new float[5], 2, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> GaussianSmoothing.of(new float[6], 2, 3, 0));
    }
}
