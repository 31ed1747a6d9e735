package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bar of what is left. */
class RestBarTest {
    private static String shown(List<Double> fractions) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try (RestBar bar = new RestBar("work")) {
            fractions.forEach(bar::accept);
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatWasDoneBeforeIsNoProgressOfThisRun() {
        assertTrue(shown(List.of(0.0, 0.25)).contains("work, % [######..................] 25/100"));
        assertTrue(shown(List.of(0.5, 0.75)).contains("work from 50 % on, % [############............] 50/100"));
        String whole = shown(List.of(0.5, 0.75, 1.0));
        assertTrue(whole.contains("100/100") && !whole.contains("stopped"), whole);
    }

    @Test
    void nothingIsShownWhereNothingIsDone() {
        assertEquals("", shown(List.of()));
        assertFalse(shown(List.of(1.0, 1.0)).contains("work"));
    }
}
