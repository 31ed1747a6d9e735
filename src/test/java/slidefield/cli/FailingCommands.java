package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static slidefield.cli.CommandLineFixture.picture;
import static slidefield.cli.CommandLineFixture.tiny;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Command lines that fail: with one line that helps, without a stack trace, and without losing anything.
 */
abstract class FailingCommands {
    static final Color TISSUE = new Color(200, 120, 170);
    static final String TRUTH =
            "<ASAP_Annotations><Annotations><Annotation Name=\"a\" Type=\"Polygon\" PartOfGroup=\"Tumor\"><Coordinates>"
                    + "<Coordinate Order=\"0\" X=\"10\" Y=\"10\"/><Coordinate Order=\"1\" X=\"60\" Y=\"10\"/>"
                    + "<Coordinate Order=\"2\" X=\"60\" Y=\"60\"/></Coordinates></Annotation></Annotations>"
                    + "</ASAP_Annotations>";

    @TempDir
    static Path shared;

    static Path manifest;
    static Path run;
    static Path slide;

    @TempDir
    Path folder;

    final CommandLineFixture cli = new CommandLineFixture();

    @BeforeAll
    static void train() {
        CommandLineFixture cli = new CommandLineFixture();
        manifest = cli.phantoms(shared.resolve("set"));
        run = shared.resolve("run");
        assertEquals(0, cli.run("train", manifest, "--out", run, tiny()), cli.err());
        slide = shared.resolve("set/phantom_02.tif");
    }

    /**
     * @param name what is wrong
     * @param status the exit status to expect
     * @param line builds the command line in a fresh folder
     * @param says what the message has to hold
     */
    record Case(String name, int status, Function<Path, List<?>> line, String... says) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Case fails(String name, Function<Path, List<?>> line, String... says) {
        return new Case(name, 1, line, says);
    }

    static Case misuse(String name, List<?> line, String... says) {
        return new Case(name, 2, at -> line, says);
    }

    static Path file(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    static Path cut(Path from, Path to, double share) {
        try {
            byte[] bytes = Files.readAllBytes(from);
            Files.createDirectories(to.getParent());
            return Files.write(to, Arrays.copyOf(bytes, (int) (bytes.length * share)));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** A copy of the trained run, changed. */
    static Path run(Path at, Function<Path, Path> change) {
        Path copy = at.resolve("run");
        CommandLineFixture.copy(run, copy);
        change.apply(copy);
        return copy;
    }

    static Path edit(Path file, String from, String to) {
        try {
            String text = Files.readString(file);
            assertTrue(text.contains(from), text);
            return Files.writeString(file, text.replace(from, to));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    static Path delete(Path file) {
        try {
            Files.delete(file);
            return file;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    static List<Object> segment(Path of, Path image, Path at, Object... more) {
        return Stream.concat(Stream.of("segment", of, image, "--out", at.resolve("out")), Stream.of(more))
                .toList();
    }

    static List<Object> train(Path of, Path at, String... changes) {
        return List.of("train", of, "--out", at.resolve("new"), tiny(changes));
    }

    static List<Object> resume(Path of) {
        return List.of("train", manifest, "--out", of, "--resume");
    }

    /** A manifest of one training picture. */
    static Path pictures(Path at, Color colour, String annotation, String extra) {
        picture(at.resolve("a.png"), 128, 128, colour, colour);
        return file(
                at.resolve("pictures.yaml"),
                "name: pictures\nbase: {mpp: 1}\nslides:\n  - {name: a, path: a.png, split: train, " + extra
                        + (annotation == null ? "" : "annotation: " + annotation) + "}\n");
    }

    static Path withTruth(Path at, Color colour, String xml) {
        file(at.resolve("a.xml"), xml);
        return pictures(at, colour, "a.xml", "mpp: 1, ");
    }

    void check(Case wrong) {
        // given
        List<?> line = wrong.line.apply(folder);
        Map<String, Integer> before = CommandLineFixture.contents(folder);
        Map<String, Integer> runBefore = CommandLineFixture.contents(run);
        // when
        int status = cli.run(line);
        // then
        System.out.println(wrong + ": " + cli.err().strip());
        assertEquals(wrong.status, status, cli.err());
        assertEquals("", cli.out());
        assertTrue(cli.err().startsWith("slidefield: "), cli.err());
        assertEquals(wrong.status == 1 ? 1 : 3, cli.err().lines().count(), cli.err());
        for (String part : wrong.says) {
            assertTrue(cli.err().contains(part), "expected '" + part + "' in: " + cli.err());
        }
        assertFalse(cli.err().contains("this is a bug") || cli.err().contains("\tat "), cli.err());
        assertEquals(before, CommandLineFixture.contents(folder));
        assertEquals(runBefore, CommandLineFixture.contents(run));
    }
}
