package slidefield.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Float16Test {
    @Test
    void everyNumberGoesThereAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Float16.value((short) bits);
            if (Float.isNaN(value)) {
                assertTrue(Float.isNaN(Float16.value(Float16.bits(value))));
            } else {
                assertEquals((short) bits, Float16.bits(value), Integer.toHexString(bits));
            }
        }
    }

    @Test
    void inBetweenTheNearestIsTakenAndOfTwoTheEvenOne() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            short lower = (short) random.nextInt(0x7BFF);
            float a = Float16.value(lower);
            float b = Float16.value((short) (lower + 1));
            float middle = (a + b) / 2;
            assertEquals((lower & 1) == 0 ? lower : lower + 1, Float16.bits(middle));
            assertEquals(lower, Float16.bits(Math.nextDown(middle)));
            assertEquals(lower + 1, Float16.bits(Math.nextUp(middle)));
            assertEquals((short) (lower + 1 | 0x8000), Float16.bits(-Math.nextUp(middle)));
        }
    }

    @Test
    void whatIsTooLargeIsInfinite() {
        assertEquals(65504, Float16.value(Float16.bits(Math.nextDown(Float16.LIMIT))));
        assertEquals(Float.POSITIVE_INFINITY, Float16.value(Float16.bits(Float16.LIMIT)));
        assertEquals(Float.NEGATIVE_INFINITY, Float16.value(Float16.bits(-1e30f)));
        assertEquals(0, Float16.value(Float16.bits(Float.MIN_VALUE)));
    }
}
