package slidefield.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.slide.SlideTestData.needsOpenSlide;
import static slidefield.slide.SlideTestData.refused;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slidefield.LongRun;
import slidefield.io.InputException;

/** Files that should not be: each is refused in one clear line, or has the answer that its table row says. */
@Timeout(60)
class BadFilesTest {
    private static final File HANDLES = new File("/proc/self/fd");

    @TempDir
    Path folder;

    @BeforeAll
    static void library() {
        needsOpenSlide();
    }

    static List<BadFile> rows() {
        List<BadFile> rows = new ArrayList<>();
        Stream.of(
                        BadSlideFiles.pyramids(),
                        BadSlideFiles.resolutions(),
                        BadSlideFiles.images(),
                        BadSlideFiles.imports(),
                        BadAnnotationFiles.xml(),
                        BadAnnotationFiles.json(),
                        BadAnnotationFiles.masks())
                .forEach(rows::addAll);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isRefusedInOneLineOrHasTheAnswerOfItsRow(BadFile row) {
        // given
        Path file = row.write(folder);
        check(row, file);
        // then, besides
        assertEquals(List.of(), open());
    }

    private void check(BadFile row, Path file) {
        if (row.refused()) {
            // when / then
            String line = refused(() -> row.use().describe(file), row.says().toArray(String[]::new));
            boolean named = line.contains("bad." + row.valid().ending())
                    || line.contains("slide bad")
                    || line.contains("mask bad");
            assertTrue(named, "which file? " + line);
            assertTrue(line.length() < 500, line);
            assertFalse(line.contains("slidefield.") || line.contains("Exception"), line);
            if (row.use() == BadFile.Use.IMPORT) {
                assertFalse(Files.exists(folder.resolve("out/bad.tif")), "half an import");
            }
        } else {
            // when
            String answer = row.use().describe(file);
            // then
            for (String part : row.says()) {
                assertTrue(answer.contains(part), "expected \"" + part + "\" in: " + answer);
            }
        }
    }

    @Test
    void theTablesHoldEnoughCases() {
        assertTrue(rows().stream().filter(BadFile::refused).count() >= 60);
        assertTrue(rows().stream().map(BadFile::toString).distinct().count() == rows().size(), "two rows of one name");
    }

    @Test
    void aResolutionThatIsNoneIsRefused() {
        Path file = rows().get(0).write(folder);
        for (double bad : new double[] {0, -0.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            refused(() -> Slides.open(file, OptionalDouble.of(bad)), "finite number over 0", String.valueOf(bad));
        }
    }

    /** On a thread of its own: one that waits for a pipe cannot be interrupted. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsNoFileIsRefusedAtOnce() throws Exception {
        // given
        Path pipe = folder.resolve("pipe.tif");
        List<Path> all = new ArrayList<>(List.of(folder, folder.resolve("none.tif"), Path.of("/dev/zero")));
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertTrue(made.waitFor(20, TimeUnit.SECONDS));
        Assumptions.assumeTrue(made.exitValue() == 0, "no mkfifo on this system");
        all.add(pipe);
        Slide slide = SlideTestData.slide(Pixels.filled(100, 80, Pixels.WHITE));
        for (Path path : all) {
            // when / then
            refused(() -> Slides.open(path), path.toString());
            refused(() -> Lesions.open(path, slide), path.toString());
            refused(
                    () -> ImageImport.run(path, null, folder.resolve("out"), ImportOptions.of(1), d -> {}),
                    path.toString());
        }
    }

    @Test
    void aGzipThatUnfoldsTooFarIsRefusedOnTheWay() throws IOException {
        // given: 300 kB that become 300 MB
        int millions = LongRun.count(300, 3);
        Path file = Files.write(folder.resolve("bomb.json.gz"), BadAnnotationFiles.zipped(millions));
        assertTrue(Files.size(file) < 2000L * millions);
        // when / then
        int limit = LongRun.asked() ? AnnotationBytes.LIMIT : 2 << 20;
        refused(() -> AnnotationBytes.read(file, limit), "bomb.json.gz", "too large");
    }

    @Test
    void listsThatWouldFillTheMemoryAreRefusedBefore() {
        // given a megabyte of text
        byte[] lists = ("[" + "[],".repeat(350_000) + "[]]").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Path file = folder.resolve("lists.json");
        // when / then
        refused(() -> LesionJson.read(lists, new LesionGroups(file), 20 << 20), "lists.json", "40 MiB", "20 MiB");
        LesionJson.read(ValidFile.JSON.bytes(), new LesionGroups(file), 20 << 20);
    }

    @Test
    void aReadThatFindsDamageClosesTheFile() {
        Path file =
                BadFile.refused("", ValidFile.PYRAMID, TiffEdit.scratched(0, 5)).write(folder);
        // when: nobody closes the slide
        Slide slide = Slides.open(file);
        refused(() -> slide.read(0, 0, 0, 300, 200), "damaged");
        // then
        assertEquals(List.of(), open());
        refused(() -> slide.read(0, 0, 0, 1, 1), "damaged");
        slide.close();
    }

    /** Good and bad files in turn; what is opened and read is closed, however it ends. */
    @Test
    @Timeout(1200)
    void manyOpensOfGoodAndBadFilesLeaveNoFileOpen() {
        Assumptions.assumeTrue(HANDLES.isDirectory(), "no /proc on this system");
        int opens = LongRun.count(1000, 250);
        List<BadFile> rows = rows();
        int refusals = 0;
        int answers = 0;
        for (int i = 0; i < opens; i++) {
            // Every second one is good, so that none hides behind a failure.
            BadFile row = i % 2 == 0 ? rows.get(i / 2 % rows.size()) : rows.get(0);
            Path file = row.write(folder);
            try {
                row.use().describe(file);
                answers++;
            } catch (InputException refused) {
                refusals++;
            }
        }
        System.out.println(opens + " opens: " + answers + " answered, " + refusals + " refused; open: " + open());
        assertEquals(List.of(), open());
        assertTrue(refusals > opens / 5 && answers > opens / 2, refusals + " refused, " + answers + " answered");
    }

    /** The files of this test's folder that this process holds open; none where the system does not tell. */
    private List<String> open() {
        List<String> held = new ArrayList<>();
        for (File handle : Optional.ofNullable(HANDLES.listFiles()).orElse(new File[0])) {
            try {
                String target = Files.readSymbolicLink(handle.toPath()).toString();
                if (target.startsWith(folder.toString())) {
                    held.add(target);
                }
            } catch (IOException closedMeanwhile) {
                // It was the one that lists the others, or another thread's.
            }
        }
        return held;
    }
}
