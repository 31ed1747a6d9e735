package slidefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.slide.Slides;

/** A slide of 60,000 x 60,000 pixels, ten times the Java heap in hand even at a quarter of that: it is read in pieces. */
@Tag("alone")
class HugeSlideTest {
    @TempDir
    static Path folder;

    private static final Map<String, String> SAID = new HashMap<>();

    @BeforeAll
    static void work() throws Exception {
        Assumptions.assumeTrue(Slides.openSlideVersion().isPresent(), "OpenSlide is not installed");
        ChildJvm.Outcome outcome = ChildJvm.run(folder, List.of("-Xmx512m"), HugeSlideProbe.class, folder.toString());
        assertEquals(0, outcome.status(), outcome.out() + outcome.err());
        outcome.out().lines().map(line -> line.split(" ", 2)).forEach(words -> SAID.put(words[0], words[1]));
    }

    private static long number(String name) {
        return Long.parseLong(SAID.get(name));
    }

    @Test
    void itsWindowsAreReadAtEveryResolution() {
        assertEquals(60_000, number("width"));
        assertEquals(20, number("tissue-percent"), 1, "pi / 16 of the slide");
        for (String resolution : List.of("base", "base2", "base4")) {
            assertEquals(0, number("wrong-pixels-" + resolution), SAID.toString());
            assertTrue(number("lesion-windows-" + resolution) > 10, SAID.toString());
        }
    }

    @Test
    void patchesAreDrawnFromIt() {
        assertEquals(20, number("patches-on-lesions"), 1, "half of them");
    }

    @Test
    void trainingRunsOnItAndCanBeStopped() {
        assertEquals(20, number("steps"));
    }

    @Test
    void itIsSegmentedAtACoarsePixelSize() {
        assertEquals(938, number("segmented-width"), 1);
    }

    @Test
    void aPredictionThatTheHeapCannotHoldIsRefusedBeforeTheFitWithItsSizeAndWhatToDo() {
        String base = SAID.get("refused-base");
        assertTrue(base.contains("60000 x 60000") && base.contains("coarser"), base);
        String quarter = SAID.get("refused-base4");
        for (String part : List.of("15000 x 15000", "1072 MB", "512 MB", "--resolution", "SLIDEFIELD_HEAP=3g")) {
            assertTrue(quarter.contains(part), part + " in: " + quarter);
        }
    }
}
