package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("alone")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ParallelTest {
    private static int[] counts(int turns) {
        AtomicIntegerArray seen = new AtomicIntegerArray(turns);
        Parallel.forEach(turns, seen::incrementAndGet);
        return java.util.stream.IntStream.range(0, turns).map(seen::get).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 1000})
    void everyTurnRunsOnce(int turns) throws Exception {
        int[] ones = new int[turns];
        Arrays.fill(ones, 1);
        for (int k = 0; k < 200; k++) {
            assertArrayEquals(ones, counts(turns));
        }
        ForkJoinPool pool = new ForkJoinPool(4);
        assertArrayEquals(ones, pool.submit(() -> counts(turns)).get());
        pool.shutdown();
    }

    @Test
    void aLoopInsideALoopEnds() {
        int[] sums = new int[20];
        Parallel.forEach(20, i -> {
            int[] inner = new int[10];
            Parallel.forEach(10, j -> inner[j] = i);
            sums[i] = Arrays.stream(inner).sum();
        });
        assertEquals(10 * 190, Arrays.stream(sums).sum());
    }

    @Test
    void aFailureReachesTheCallerAfterAllTurns() {
        AtomicIntegerArray seen = new AtomicIntegerArray(50);
        var failure = assertThrows(
                IllegalStateException.class,
                () -> Parallel.forEach(50, i -> {
                    seen.incrementAndGet(i);
                    if (i == 7) {
                        throw new IllegalStateException("seven");
                    }
                }));
        assertEquals("seven", failure.getMessage());
        for (int i = 0; i < 50; i++) {
            assertEquals(1, seen.get(i));
        }
    }
}
