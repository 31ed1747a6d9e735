package slidefield;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slidefield.nn.NativeMemory;

/** Memory stays flat, on the Java heap and outside it, however long one works. */
class MemoryTest {
    private static final int STEPS = System.getProperty("long") != null ? 2000 : 200;

    @TempDir
    static Path folder;

    /** The samples of every work, and the steps at the last of them. */
    private static final Map<String, List<MemorySample>> SAMPLES = new LinkedHashMap<>();

    private static final Map<String, Integer> DONE = new LinkedHashMap<>();

    @BeforeAll
    static void work() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "measures through /proc");
        Assumptions.assumeTrue(NativeMemory.allocated().isPresent(), "needs glibc 2.33 or later to measure");
        // The heap is in memory from the start: what grows later lies outside it. The second compiler's own memory,
        // tens
        // of megabytes for a moment, would drown everything else.
        ChildJvm.Outcome outcome = ChildJvm.run(
                folder,
                List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                MemoryProbe.class,
                folder.resolve("set").toString(),
                Integer.toString(STEPS));
        assertEquals(0, outcome.status(), outcome.err());
        for (String line : outcome.out().lines().toList()) {
            String[] words = line.split(" ", 3);
            SAMPLES.computeIfAbsent(words[0], work -> new ArrayList<>()).add(MemorySample.parse(words[2]));
            DONE.put(words[0], Integer.parseInt(words[1]));
        }
    }

    @ParameterizedTest
    @CsvSource({"RECONSTRUCTION, 1", "LESION, 1", "ITO, 1", "fits, 0.06", "PATCHES, 1", "slides, 0.1"})
    void memoryStaysFlat(String work, double share) {
        assertTrue(DONE.get(work) >= share * STEPS, "steps: " + DONE);
        assertEquals(8, SAMPLES.get(work).size());
        assertEquals(List.of(), MemorySample.growth(SAMPLES.get(work)), work);
    }

    @Test
    void anythingThatGrowsIsNamed() {
        // given two megabytes more of everything each time, or ten files and threads
        List<MemorySample> flat = new ArrayList<>();
        List<MemorySample> leaking = new ArrayList<>();
        for (long i = 0; i < 8; i++) {
            long noise = (i * 7919 % 8) << 14;
            flat.add(new MemorySample(50_000_000 + noise, 90_000_000 - noise, 3000, 1000, 300_000_000 + noise, 20, 15));
            long more = i << 23;
            leaking.add(new MemorySample(
                    50_000_000 + more,
                    90_000_000 + more,
                    3000 + more,
                    1000 + more,
                    300_000_000 + more * 2,
                    20 + i,
                    15 + i));
        }

        // when, then
        assertEquals(List.of(), MemorySample.growth(flat));
        assertEquals(
                List.of("heap", "malloc", "arrays", "pointers", "resident", "files", "threads"),
                MemorySample.growth(leaking).stream()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
    }
}
