package slidefield.kernel;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JShell session behind the kernel, without a front end. */
@Tag("alone")
class CellRunnerTest {
    private static final int ROUNDS = 100;

    @Test
    void anInterruptIsNeverLostWheneverItComes() {
        // given
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        ScheduledExecutorService interrupter = Executors.newSingleThreadScheduledExecutor();
        try (CellRunner runner = new CellRunner()) {
            for (int round = 0; round < ROUNDS; round++) {
                runner.reset();
                int number = round;

                // when
                interrupter.schedule(runner::interrupt, random.nextInt(30_000), TimeUnit.MICROSECONDS);

                // then
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> assertThrows(CellFailure.class, () -> runner.run("Thread.sleep(60000);", number)),
                        "round " + round);
            }
        } finally {
            interrupter.shutdownNow();
        }
    }
}
