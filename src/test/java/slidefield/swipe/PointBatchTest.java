package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PointBatchTest {
    @Test
    void theFirstAndTheLastPixelLieAtMinusOneAndOne() {
        assertEquals(-1, PointBatch.normalised(0, 384));
        assertEquals(1, PointBatch.normalised(383, 384));
        assertEquals(0, PointBatch.normalised(191.5f, 384));
    }

    @Test
    void coordinatesThatAreNoPointsAreRefused() {
        float[] two = {1, 2};
        assertEquals(2, new PointBatch(2, 1, two, two).count());
        assertThrows(IllegalArgumentException.class, () -> new PointBatch(1, 1, two, two));
        assertThrows(IllegalArgumentException.class, () -> new PointBatch(1, 2, two, new float[3]));
        assertThrows(IllegalArgumentException.class, () -> new PointBatch(0, 2, new float[0], new float[0]));
        assertThrows(IllegalArgumentException.class, () -> new PointBatch(1, 2, two, new float[] {0, Float.NaN}));
        assertThrows(ArithmeticException.class, () -> new PointBatch(1 << 16, 1 << 16, two, two));
    }
}
