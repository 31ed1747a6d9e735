package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LargestComponentTest {
    @Test
    void isThePartWithMostPixelsAndCornersDoNotConnect() {
        byte[] mask = {
            1, 0, 0, 1, 1,
            1, 0, 1, 0, 1,
            0, 1, 0, 0, 1,
            1, 1, 0, 0, 0
        };
        byte[] wanted = {
            0, 0, 0, 1, 1,
            0, 0, 0, 0, 1,
            0, 0, 0, 0, 1,
            0, 0, 0, 0, 0
        };
        assertArrayEquals(wanted, LargestComponent.of(mask, 5, 4));
        // rows do not go on at the next one's start
        assertArrayEquals(new byte[] {0, 1, 0, 0}, LargestComponent.of(new byte[] {0, 1, 1, 0}, 2, 2));
        assertArrayEquals(new byte[4], LargestComponent.of(new byte[4], 2, 2));
        assertThrows(IllegalArgumentException.class, () -> LargestComponent.of(new byte[5], 2, 2));
    }

    @Test
    void hasAsManyPixelsAsTheLargestPolygon() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            byte[] mask = new byte[12 * 9];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = (byte) (random.nextInt(10) < 6 ? 1 : 0);
            }
            double largest = Polygonize.of(mask, 12, 9, 1, 1).stream()
                    .mapToDouble(p -> p.getArea())
                    .max()
                    .orElse(0);
            int pixels = 0;
            for (byte inside : LargestComponent.of(mask, 12, 9)) {
                pixels += inside;
            }
            assertEquals(largest, pixels, 1e-9, "seed " + seed);
        }
    }
}
