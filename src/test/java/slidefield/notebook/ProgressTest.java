package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.ijava.runtime.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @AfterEach
    void noKernel() {
        Kernel.running = null;
    }

    @Test
    void inANotebookOneDisplayIsUpdatedAFewTimesAndItsLastStateHoldsNoTime() {
        FakeKernels.IJava kernel = new FakeKernels.IJava();
        Kernel.running = kernel;
        long[] clock = {0};

        ProgressView view = new ProgressView.InNotebook(Show.live(), () -> clock[0]);
        try (Progress progress = new Progress("Training", 1000, view)) {
            for (int i = 0; i < 1000; i++) {
                clock[0] += 2_000_000;
                progress.step("loss " + i);
            }
        }

        // given 2 s of steps, when at most five updates a second go out, then about ten do
        assertTrue(kernel.calls.size() >= 10 && kernel.calls.size() <= 12, kernel.calls.size() + " messages");
        assertEquals(
                1, kernel.calls.stream().map(FakeKernels.Call::id).distinct().count());
        FakeKernels.Call last = kernel.calls.get(kernel.calls.size() - 1);
        assertEquals(
                "Training [########################] 1000/1000  loss 999",
                last.data().get("text/plain"));
        assertFalse(last.data().get("text/html").toString().contains("left"));
    }

    @Test
    void withoutATerminalALineComesAtEveryTenth() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ProgressView view = new ProgressView.LineByLine(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        try (Progress progress = new Progress("Fetching", 1000, view)) {
            for (int i = 0; i < 1000; i++) {
                progress.step();
            }
        }

        assertEquals(11, bytes.toString(StandardCharsets.UTF_8).lines().count());
    }

    @Test
    void aLoopLeftEarlyIsShownAsStopped() {
        Progress.State state = new Progress.State("Training", 3, 10, "", 5, true);

        assertEquals("Training [#######.................] 3/10  (stopped)", state.line());
        assertEquals("Training 3", new Progress.State("Training", 3, 0, "", 5, true).line());
        assertTrue(new Progress.State("Training", 2, 10, "", 4, false).line().contains("2.0 s each, 16 s left"));
    }

    @Test
    void anInterruptedThreadIsStoppedAtItsNextStep() {
        Progress progress = new Progress("Training", 10, state -> {});
        progress.step();
        Thread.currentThread().interrupt();
        try {
            CancellationException stop = assertThrows(CancellationException.class, progress::step);
            assertTrue(stop.getMessage().contains("2 of 10"), stop.getMessage());
        } finally {
            Thread.interrupted();
        }
    }
}
