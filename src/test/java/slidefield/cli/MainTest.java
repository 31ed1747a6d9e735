package slidefield.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import slidefield.io.InputException;
import slidefield.nn.Engine;

class MainTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();

    private int run(String... args) {
        outBytes.reset();
        errBytes.reset();
        return Main.run(
                args,
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json() throws IOException {
        assertEquals(1, out().lines().count(), out());
        return new ObjectMapper().readTree(out());
    }

    @Test
    void helpAndVersionAreAnswersNotFailures() {
        assertEquals(0, run("--help"));
        assertTrue(out().contains("doctor") && out().contains("score"), out());
        assertEquals(0, run("score", "--help"));
        assertTrue(out().contains("PREDICTION") && out().contains("--resolution"), out());
        assertEquals(0, run("--version"));
        assertTrue(out().matches("(?s)slidefield \\d+\\.\\d+.*"), out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nope", "score", "score a b c", "doctor --what", "score a b --resolution base/3", "@x"})
    void wrongUsageEndsWithTwoAndAHint(String args) {
        // when
        int status = run(args.isEmpty() ? new String[0] : args.split(" "));
        // then
        assertEquals(2, status);
        assertEquals("", out());
        assertTrue(err().startsWith("slidefield: "), err());
        assertTrue(err().contains("--help'"), err());
        assertFalse(err().contains("\tat "), err());
    }

    @Test
    void aWrongInputEndsWithOneLine() {
        // given
        String absent = folder.resolve("absent.png").toString();
        // when
        int status = run("score", absent, absent);
        // then
        assertEquals(1, status);
        assertEquals("", out());
        assertEquals(1, err().lines().count(), err());
        assertTrue(err().contains(absent), err());
        run("score", absent, absent, "--debug");
        assertTrue(err().contains("\tat slidefield."), err());
    }

    @Test
    void withJsonAFailureIsOneObjectToo() throws IOException {
        assertEquals(1, run("score", "absent.png", "absent.png", "--json"));
        assertTrue(json().get("error").asText().contains("absent.png"), out());
        assertEquals(2, run("--json", "nope"));
        assertTrue(json().get("error").asText().contains("nope"), out());
    }

    /** A command that fails as it is told. */
    @CommandLine.Command(name = "fail")
    private static final class Fail extends Subcommand {
        Throwable failure;

        @Override
        protected int run(Report report) throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }

        @Override
        protected String lessMemory() {
            return "use smaller windows with --window";
        }
    }

    private int fail(Throwable failure, String... args) {
        outBytes.reset();
        errBytes.reset();
        PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
        Fail command = new Fail();
        command.failure = failure;
        String[] all = java.util.stream.Stream.concat(java.util.stream.Stream.of("fail"), java.util.Arrays.stream(args))
                .toArray(String[]::new);
        return Main.run(Main.line(all, out, err).addSubcommand(command), all, out, err);
    }

    @Test
    void everyWayToFailGivesItsOwnLine() {
        assertEquals(1, fail(new InputException("two\nlines \u001b[31m")));
        assertEquals("slidefield: two lines ?[31m", err().strip());
        assertEquals(1, fail(new IllegalStateException("oops")));
        assertTrue(err().contains("this is a bug: IllegalStateException: oops") && err().contains("--debug"), err());
        assertEquals(1, fail(new java.nio.file.AccessDeniedException("/x")));
        assertTrue(err().contains("AccessDenied") && err().contains("/x") && !err().contains("bug"), err());
        assertEquals(1, fail(new OutOfMemoryError("Java heap space")));
        assertTrue(err().contains("SLIDEFIELD_HEAP") && err().contains("--window"), err());
        assertEquals(1, fail(new OutOfMemoryError("Physical memory usage is too high")));
        assertTrue(err().contains("SLIDEFIELD_OFFHEAP"), err());
        RuntimeException noRoom =
                new RuntimeException("Allocation failed: [Requested amount exceeds HOST device limits]");
        assertEquals(1, fail(new java.util.concurrent.CompletionException(noRoom)));
        assertTrue(err().contains("SLIDEFIELD_OFFHEAP") && !err().contains("bug"), err());
        assertEquals(1, fail(new ExceptionInInitializerError(new OutOfMemoryError("Java heap space"))));
        assertTrue(err().contains("SLIDEFIELD_HEAP") && !err().contains("native library"), err());
        assertEquals(1, fail(new NoClassDefFoundError("Could not initialize class com.sun.jna.Native")));
        assertTrue(err().contains("native library") && err().contains("doctor"), err());
        assertEquals(1, fail(new StackOverflowError()));
        assertTrue(err().contains("this is a bug"), err());
        for (String text : new String[] {out(), err()}) {
            assertFalse(text.contains("\tat "), text);
        }
    }

    @Test
    void doctorSaysTheSameInTextAndJson() throws IOException {
        // when
        int status = run("doctor", "--json");
        JsonNode report = json();
        // then
        assertEquals(report.get("ok").asBoolean() ? 0 : 1, status);
        assertTrue(
                report.get("checks").findValuesAsText("found").stream()
                        .anyMatch(f -> f.startsWith(Engine.preferred().kernels().name())),
                report.toString());
        int missing = 0;
        for (JsonNode check : report.get("checks")) {
            boolean ok = !check.get("status").asText().equals("missing");
            missing += ok ? 0 : 1;
            assertTrue(ok || !check.get("advice").asText().isEmpty(), "no advice: " + check);
        }
        assertEquals(report.get("ok").asBoolean(), missing == 0);
        assertEquals(status, run("doctor"));
        for (JsonNode check : report.get("checks")) {
            assertTrue(out().contains(check.get("name").asText()), out());
        }
    }

    @Test
    void doctorFindsWhatIsThereAndNamesWhatIsNot() throws IOException {
        // given
        String cpu = "processor : 0\nflags\t\t: fpu sse2 avx2 avx512f amx_bf16\n\nprocessor : 1\nflags : fma\n";
        Path home = folder;
        // when / then
        assertEquals(Set.of("avx2", "avx512f", "amx_bf16"), MachineChecks.features(cpu));
        assertEquals(Set.of(), MachineChecks.features(""));
        Check absent = NotebookChecks.kernel(Optional.of(home));
        assertEquals(Check.Status.MISSING, absent.status());
        assertTrue(absent.advice().contains("environment/setup"));
        Path spec = home.resolve("target/jupyter/kernels/java/kernel.json");
        Files.createDirectories(spec.getParent());
        Files.writeString(spec, "{}");
        assertEquals(Check.Status.OK, NotebookChecks.kernel(Optional.of(home)).status());
        assertEquals(
                Check.Status.MISSING, NotebookChecks.kernel(Optional.empty()).status());
        assertNotNull(NotebookChecks.jupyter(null).found());
    }

    @Test
    void doctorSaysWhyThereIsNoGraphicsCard() {
        // when
        Check check = LibraryChecks.noCard(new InputException("a build for cards; none; build without -Pcuda"));
        // then
        assertEquals(Check.Status.MISSING, check.status());
        assertEquals("a build for cards; none", check.found());
        assertEquals("build without -Pcuda", check.advice());
    }

    private Path mask(String name, int width, int height, java.util.function.BiPredicate<Integer, Integer> lesion)
            throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, lesion.test(x, y) ? 255 : 0);
            }
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void scoreCountsAcrossTiles() throws IOException {
        // given masks larger than a tile
        long seed = 5;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        boolean[][] p = new boolean[1100][1500];
        boolean[][] t = new boolean[1100][1500];
        long tp = 0;
        long sum = 0;
        for (int y = 0; y < 1100; y++) {
            for (int x = 0; x < 1500; x++) {
                p[y][x] = random.nextInt(3) == 0;
                t[y][x] = random.nextInt(4) == 0;
                tp += p[y][x] && t[y][x] ? 1 : 0;
                sum += (p[y][x] ? 1 : 0) + (t[y][x] ? 1 : 0);
            }
        }
        Path prediction = mask("p.png", 1500, 1100, (x, y) -> p[y][x]);
        Path truth = mask("t.png", 1500, 1100, (x, y) -> t[y][x]);
        // when
        assertEquals(0, run("score", prediction.toString(), truth.toString(), "--json"), err());
        // then
        assertEquals(2.0 * tp / sum, json().get("dice").asDouble(), 1e-12);
        assertEquals(tp, json().get("pixels").get("true_positives").asLong());
    }

    @Test
    void scoreComparesAtTheCoarserGridOrTheOneAskedFor() throws IOException {
        // given a truth and the same answer at half its size
        Path truth = mask("truth.png", 400, 200, (x, y) -> x < 200);
        Path half = mask("half.png", 200, 100, (x, y) -> x < 100);
        Path everything = mask("all.png", 400, 200, (x, y) -> true);
        // when / then
        assertEquals(0, run("score", half.toString(), truth.toString(), "--json"), err());
        assertEquals(200, json().get("compared_at").get(0).asInt());
        assertEquals(1, json().get("dice").asDouble());
        assertEquals(0, run("score", half.toString(), truth.toString(), "--json", "--resolution", "base"));
        assertEquals(400, json().get("compared_at").get(0).asInt());
        assertEquals(1, json().get("dice").asDouble());
        assertEquals(0, run("score", everything.toString(), truth.toString(), "--resolution=base/4"));
        assertTrue(out().contains("100 x 50 pixels") && out().contains("all-lesion answer?"), out());
        assertTrue(out().contains("0.6667"), out());
    }

    @Test
    void masksOfOtherShapeAreRefused() throws IOException {
        // given
        Path wide = mask("wide.png", 300, 100, (x, y) -> true);
        Path square = mask("square.png", 100, 100, (x, y) -> true);
        // when / then
        assertEquals(1, run("score", wide.toString(), square.toString()));
        assertTrue(err().contains("300 x 100") && err().contains("100 x 100"), err());
    }

    @Test
    void reportsPrintNumbersForPeopleAndMachines() throws IOException {
        // given
        PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);
        Path file = Files.writeString(folder.resolve("a b.txt"), "12345");
        // when
        for (boolean json : new boolean[] {true, false}) {
            Report report = new Report("x", json, out, err);
            report.put("best_mse", Double.NaN).put("steps", 7L).put("dice", 0.123456);
            report.wrote(file).say("hello");
            report.print();
        }
        // then
        JsonNode first = new ObjectMapper().readTree(out().lines().findFirst().orElseThrow());
        assertTrue(first.get("best_mse").isNull());
        assertEquals(0.123456, first.get("dice").asDouble());
        assertEquals(5, first.get("wrote").get(0).get("bytes").asInt());
        assertEquals("hello", err().strip());
        assertTrue(out().contains("dice      0.1235\n") && out().contains("wrote " + file + " (5 bytes)"), out());
        assertEquals("1.0 MB", Report.size(999_960));
        assertEquals("999 bytes", Report.size(999));
    }
}
