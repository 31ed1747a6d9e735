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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slidefield.nn.NativeMemory;

/** Memory stays flat, on the Java heap and outside it, however long one works. */
@Tag("alone")
class MemoryTest {
    private static final int STEPS = System.getProperty("long") != null ? 2000 : 200;

    @TempDir
    static Path folder;

    /** The samples of every work, and the steps done at each. */
    private static final Map<String, List<MemorySample>> SAMPLES = new LinkedHashMap<>();

    private static final Map<String, List<Integer>> DONE = new LinkedHashMap<>();

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
            DONE.computeIfAbsent(words[0], work -> new ArrayList<>()).add(Integer.parseInt(words[1]));
        }
    }

    @ParameterizedTest
    @CsvSource({"RECONSTRUCTION, 1", "LESION, 1", "ITO, 1", "fits, 0.06", "PATCHES, 1", "slides, 0.1"})
    void memoryStaysFlat(String work, double share) {
        assertTrue(DONE.get(work).get(7) >= share * STEPS, "steps: " + DONE);
        assertEquals(8, SAMPLES.get(work).size());
        assertEquals(List.of(), MemorySample.growth(SAMPLES.get(work)), work);
    }

    /** What is dropped without being closed stays outside the heap until the collector comes, which may be never. */
    @ParameterizedTest
    @CsvSource({"RECONSTRUCTION, 1000", "LESION, 1000", "ITO, 1000", "PATCHES, 1000", "slides, 1000", "fits, 50000"})
    void arraysAreClosedAndNotLeftToTheCollector(String work, long bytesEach) {
        for (int i = 1; i < 8; i++) {
            long steps = DONE.get(work).get(i) - DONE.get(work).get(i - 1);
            // of a fit, the fitted table is the caller's and cannot be closed
            long waste = SAMPLES.get(work).get(i).waste() / steps;
            assertTrue(waste <= bytesEach, work + " leaves " + waste + " bytes each time");
        }
    }

    @Test
    void anythingThatGrowsIsNamed() {
        // given eight megabytes more of everything each time, and one file and thread
        List<MemorySample> flat = new ArrayList<>();
        List<MemorySample> leaking = new ArrayList<>();
        for (long i = 0; i < 8; i++) {
            long noise = (i * 7919 % 8) << 14;
            flat.add(new MemorySample(
                    5_000_000 + noise, 90_000_000 - noise, 3000, 0, 1000, 300_000_000 + noise, 20, 15));
            long more = i << 23;
            leaking.add(new MemorySample(more, more, more, 0, more, more, i, i));
        }

        // when, then
        assertEquals(List.of(), MemorySample.growth(flat));
        assertEquals(
                List.of("heap", "malloc", "arrays", "pointers", "resident", "files", "threads", "malloc"),
                MemorySample.growth(leaking).stream()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
    }

    @Test
    void nativeMemoryThatGrowsALittleEachTimeIsFoundBesideTheCompilersJumps() {
        // given 270 kB more each time, which is what a slide that is not closed leaves, and a jump down
        List<MemorySample> samples = new ArrayList<>();
        for (long i = 0; i < 8; i++) {
            samples.add(new MemorySample(0, 90_000_000 + 270_000 * i - (i > 5 ? 5_000_000 : 0), 0, 0, 0, 0, 0, 0));
        }

        // when, then
        assertEquals(List.of("malloc by 1890000, steadily"), MemorySample.growth(samples));
    }
}
