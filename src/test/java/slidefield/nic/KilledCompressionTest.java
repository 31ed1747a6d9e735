package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slidefield.ChildJvm;
import slidefield.LongRun;
import slidefield.cli.Main;
import slidefield.io.InputException;
import slidefield.io.WholeFile;
import slidefield.slide.Slide;

/** Kills compressions with SIGKILL at random moments: what is there is never taken for whole, and leads to the same bits. */
@Tag("alone")
@Tag("once")
class KilledCompressionTest {
    private static final long SEED = 9;

    /** Kills that a moment may be missed by before it counts as one that cannot be hit. */
    private static final int MORE_TRIES = 24;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private int insideBands;
    private int insideArrays;
    private int insideIndex;
    private int ends;

    /** Starts a child that compresses. */
    private interface Compression {
        Process start(Path errors) throws IOException;
    }

    @Test
    void whateverMomentItIsKilledAtTheCodesHaveTheBitsOfAnUninterruptedCompression() throws Exception {
        // given
        Path picture;
        Map<String, byte[]> expected;
        // twenty bands of rows, the last one of fewer
        try (Slide slide = PictureFixture.slide(folder, "s", PictureFixture.picture(96, 2500, 7))) {
            picture = folder.resolve("s.png");
            KilledCompressionChild.compress(slide, folder.resolve("whole"));
            expected = files(folder.resolve("whole"));
        }
        Path out = folder.resolve("out");
        // when
        kill(
                out,
                expected,
                LongRun.count(60, 6),
                errors ->
                        ChildJvm.start(null, KilledCompressionChild.class, errors, picture.toString(), out.toString()));
        // then
        try (Slide slide = PictureFixture.slide(folder, "s", PictureFixture.picture(96, 2500, 7))) {
            KilledCompressionChild.compress(slide, out);
        }
        assertSame(expected, files(out));
    }

    @Test
    void theCommandGoesOnAfterASignalToTheSameBits() throws Exception {
        // given a network's codes
        PictureFixture.slide(folder, "s", PictureFixture.picture(96, 1200, 7)).close();
        BiGanEncoderOptions options = new BiGanEncoderOptions(8, 3, 1, 2, 2, 16);
        Path encoder = folder.resolve(TrainedEncoder.FILE);
        new TrainedEncoder(options, EncoderFixture.trained(options, 3)).save(encoder);
        List<String> words = List.of(
                "compress",
                folder.resolve("s.png").toString(),
                "--slide-mpp",
                "0.5",
                "--encoder",
                encoder.toString(),
                "--orientations",
                "--resume",
                "--out");
        Map<String, byte[]> expected = command(words, "whole");
        // when
        kill(folder.resolve("out/s"), expected, LongRun.count(20, 1), errors -> start(words, "out", errors));
        // then
        assertSame(expected, command(words, "out"));
    }

    private Process start(List<String> words, String out, Path errors) throws IOException {
        return ChildJvm.start(
                null,
                Main.class,
                errors,
                Stream.concat(words.stream(), Stream.of(folder.resolve(out).toString()))
                        .toArray(String[]::new));
    }

    private Map<String, byte[]> command(List<String> words, String out) throws Exception {
        Path errors = folder.resolve("err.txt");
        Process child = start(words, out, errors);
        try (var said = ChildJvm.output(child)) {
            assertTrue(said.lines().count() > 8);
        }
        assertEquals(0, child.waitFor(), () -> read(errors));
        return files(folder.resolve(out).resolve("s"));
    }

    /** Kills children that go on one after the other: while arrays are written, while bands are, at the index, and at any time. */
    private void kill(Path out, Map<String, byte[]> expected, int kills, Compression compression) throws Exception {
        Path errors = folder.resolve("err.txt");
        List<String> arrays =
                expected.keySet().stream().filter(n -> n.endsWith(".npy")).toList();
        int survived = 0;
        // and on until both were hit: a signal takes its time, and may come after the moment that it was meant for
        for (int attempt = 0;
                survived < kills || (insideArrays == 0 || insideBands == 0) && survived < kills + MORE_TRIES;
                attempt++) {
            assertTrue(
                    attempt < 4 * (kills + MORE_TRIES),
                    "only " + survived + " of " + attempt + " children could be killed");
            if (attempt % 4 == 1) {
                // its bands are all there by now
                empty(out);
            }
            String array = arrays.get(random.nextInt(arrays.size()));
            Process child = compression.start(errors);
            switch (attempt % 4) {
                case 0 -> await(child, out, names -> names.contains("." + array + ".part"));
                case 1 -> await(child, out, names -> names.contains(array + ".journal"));
                case 2 -> await(child, out, names -> names.containsAll(arrays));
                default -> await(child, out, names -> !names.isEmpty());
            }
            if (attempt % 2 == 1) {
                Thread.sleep(random.nextInt(attempt % 4 == 1 ? 300 : 30));
            }
            child.destroyForcibly().waitFor();
            if (child.exitValue() == 0) {
                // one that was faster than the kill has the bits, and the next one begins anew
                assertSame(expected, files(out));
                ends++;
                empty(out);
                continue;
            }
            assertEquals(128 + 9, child.exitValue(), () -> read(errors));
            check(out, expected);
            survived++;
        }
        System.out.printf(
                "%d kills survived (seed %d): %d inside bands, %d inside arrays, %d inside the index; %d compressions to the end%n",
                survived, SEED, insideBands, insideArrays, insideIndex, ends);
        assertTrue(insideArrays > 0, "no kill came while arrays were written");
        assertTrue(insideBands > 0, "no kill came while bands were written");
    }

    /** What has the name of an array is one, and what can be opened is all there. */
    private void check(Path out, Map<String, byte[]> expected) {
        List<String> names = names(out);
        Map<String, byte[]> left = files(out);
        names.stream().filter(name -> name.endsWith(".npy")).forEach(name -> {
            assertArrayEquals(expected.get(name), left.get(name), name);
        });
        boolean whole;
        try {
            CompressedSlide read = CompressedSlide.open(out);
            assertEquals(GridOrientation.all(), read.orientations());
            read.orientations().forEach(read::read);
            assertArrayEquals(expected.get(GridIndex.FILE), left.get(GridIndex.FILE));
            whole = true;
        } catch (InputException refused) {
            String said = refused.getMessage();
            assertTrue(
                    said.contains("not compressed to the end") || said.contains("it has no " + GridIndex.FILE), said);
            whole = false;
        }
        boolean arrays = names.stream().anyMatch(name -> name.contains(".npy") && !name.endsWith(".journal"));
        boolean index = names.contains("." + GridIndex.FILE + ".part");
        insideIndex += index || whole ? 1 : 0;
        insideArrays += arrays && !index && !whole ? 1 : 0;
        insideBands += !arrays && names.stream().anyMatch(name -> name.endsWith(".journal")) ? 1 : 0;
    }

    private static void empty(Path folder) throws IOException {
        for (String name : names(folder)) {
            Files.delete(folder.resolve(name));
        }
    }

    private static void await(Process child, Path out, Predicate<List<String>> moment) {
        while (child.isAlive() && !moment.test(names(out))) {
            Thread.onSpinWait();
        }
    }

    private static List<String> names(Path folder) {
        String[] names = folder.toFile().list();
        return Stream.of(names == null ? new String[0] : names).sorted().toList();
    }

    /** All files but temporary ones. */
    private static Map<String, byte[]> files(Path folder) {
        Map<String, byte[]> found = new TreeMap<>();
        for (String name : names(folder)) {
            try {
                if (!WholeFile.isTemporary(folder.resolve(name))) {
                    found.put(name, Files.readAllBytes(folder.resolve(name)));
                }
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }
        return found;
    }

    private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException none) {
            return "";
        }
    }
}
