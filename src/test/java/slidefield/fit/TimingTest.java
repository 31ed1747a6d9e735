package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("alone")
class TimingTest {
    @Test
    void theMedianIsOfTheStepsAfterTheUntimedOnes() {
        List<Integer> done = new ArrayList<>();
        // when the untimed steps are by far the slowest
        double median = new Timing(4, 0, 2).median(number -> {
            done.add(number);
            return List.of(900.0, 800.0, 3.0, 7.0, 5.0, 1.0).get(number);
        });
        // then, of 1, 3, 5 and 7, the upper one of the middle
        assertEquals(List.of(0, 1, 2, 3, 4, 5), done);
        assertEquals(5, median);
    }

    @Test
    void untimedStepsFillTheirSeconds() {
        List<Integer> done = new ArrayList<>();
        long start = System.nanoTime();

        new Timing(1, 0.05, 0).median(() -> done.add(1));

        assertTrue(System.nanoTime() - start >= 50_000_000);
        assertTrue(done.size() > 1);
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Timing(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Timing(1, -1));
        assertThrows(IllegalArgumentException.class, () -> new Timing(1, Double.NaN));
    }
}
