package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.slide.HugeSlide;
import slidefield.slide.Slides;

/** When memory really is short: the launcher as a child process under limits that are too tight for its work. */
@Tag("alone")
class ShortMemoryTest {
    private static final Path LAUNCHER = Path.of("environment/slidefield");

    @TempDir
    static Path folder;

    private static Path manifest;

    /** How a command ended. */
    private record Outcome(int status, String out, String err) {
        /** The line of a user error; beside it there may be progress bars only. */
        String line() {
            assertEquals(1, status, err);
            assertEquals("", out);
            List<String> lines = err.lines()
                    .map(line -> line.replaceFirst("^.*\r", "").strip())
                    .filter(line -> !line.isEmpty() && !line.startsWith("step "))
                    .toList();
            assertEquals(1, lines.size(), err);
            assertTrue(lines.get(0).startsWith("slidefield: "), err);
            assertFalse(err.contains("this is a bug"), err);
            return lines.get(0);
        }
    }

    @BeforeAll
    static void slides() {
        Assumptions.assumeTrue(Files.isExecutable(LAUNCHER), "no launcher");
        Assumptions.assumeTrue(Files.exists(Path.of("target/class-path.txt")), "no target/class-path.txt");
        manifest = new CommandLineFixture().phantoms(folder.resolve("set"));
    }

    private static Outcome run(Map<String, String> limits, Object... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(LAUNCHER.toString()));
        for (Object word : words) {
            if (word instanceof List<?> list) {
                list.forEach(each -> line.add(each.toString()));
            } else {
                line.add(word.toString());
            }
        }
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(limits);
        Process process = builder.start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "the command hangs");
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void arraysThatFindNoRoomAreNamedWithTheirSizeAndTheOptionThatLowersIt() throws Exception {
        // given a window whose arrays take many times the room
        Outcome outcome = run(
                Map.of("SLIDEFIELD_OFFHEAP", "48m"),
                "train",
                manifest,
                "--out",
                folder.resolve("offheap"),
                CommandLineFixture.tiny("training.window=256", "field.decoder.width=64"));
        // then
        String said = outcome.line();
        assertTrue(said.matches(".*an array of \\[1, 256, 256, \\d+], \\d+ MB, beside \\d+ MB.*"), said);
        assertTrue(said.contains("SLIDEFIELD_OFFHEAP=") && said.contains("--set training.window="), said);
    }

    @Test
    void aPredictionThatDoesNotFitIsNamedWithItsSizeAndTheOptionThatLowersIt() throws Exception {
        // given a trained run, and a slide that is 6,000 pixels wide at Base
        Assumptions.assumeTrue(Slides.openSlideVersion().isPresent(), "OpenSlide is not installed");
        CommandLineFixture cli = new CommandLineFixture();
        Path trained = folder.resolve("trained");
        assertEquals(0, cli.run("train", manifest, "--out", trained, CommandLineFixture.tiny()), cli.err());
        Path slide = HugeSlide.write(folder.resolve("large.tif"), 6000, 1);
        // when
        Outcome outcome = run(
                Map.of("SLIDEFIELD_HEAP", "100m"),
                "segment",
                trained,
                slide,
                "--out",
                folder.resolve("segmented"),
                "--resolution",
                "base");
        // then
        String said = outcome.line();
        assertTrue(said.contains("6000 x 6000") && said.contains("takes 171 MB"), said);
        assertTrue(said.contains("100 MB") && said.contains("--resolution base/2 or base/4"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10m", "14m", "18m", "22m", "25m", "26m", "28m", "30m", "36m"})
    @Tag("long")
    void whateverTheHeapIsTheCommandEndsWellOrWithOneLine(String heap) throws Exception {
        Outcome outcome = run(
                Map.of("SLIDEFIELD_HEAP", heap),
                "train",
                manifest,
                "--out",
                folder.resolve("heap" + heap),
                CommandLineFixture.tiny());
        if (outcome.status() != 0) {
            String said = outcome.line();
            assertTrue(said.contains("SLIDEFIELD_HEAP="), said);
        }
    }
}
