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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals and a full disk, on the launcher as a child process. */
@Tag("alone")
class StopSignalTest {
    private static final Path LAUNCHER = Path.of("environment/slidefield");

    @TempDir
    Path folder;

    private final CommandLineFixture cli = new CommandLineFixture();
    private Path manifest;

    @BeforeEach
    void slides() {
        Assumptions.assumeTrue(Files.isExecutable(LAUNCHER) && Files.isExecutable(Path.of("/bin/kill")), "no launcher");
        Assumptions.assumeTrue(Files.exists(Path.of("target/class-path.txt")), "no target/class-path.txt");
        manifest = cli.phantoms(folder.resolve("set"));
    }

    /** Children of a background job of a script ignore Ctrl-C for good unless told otherwise. */
    private static final String HEEDING =
            " heed=; env --default-signal=INT true 2>/dev/null && heed='env --default-signal=INT'; exec $heed \"$@\"";

    /** A training of many short epochs in a process of its own; {@code before} runs first in the same shell. */
    private Process train(String before, Path out, Path errors, List<String> options) throws IOException {
        List<String> line = new ArrayList<>(List.of("bash", "-c", before + HEEDING, "bash"));
        line.addAll(List.of(LAUNCHER.toString(), "train", manifest.toString(), "--out", out.toString()));
        line.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SLIDEFIELD_HEAP", "400m");
        return builder.redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(errors.toFile())
                .start();
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static void await(Process process, Path file) throws InterruptedException {
        while (process.isAlive() && !Files.exists(file)) {
            Thread.sleep(5);
        }
    }

    /** One training, stopped some time after its first checkpoint. */
    private void stop(String signal, int status, Path out, long milliseconds) throws IOException, InterruptedException {
        // given
        Path errors = folder.resolve("err.txt");
        List<String> endless = CommandLineFixture.tiny("training.reconstructionEpochs=100000");
        Process training = train("", out, errors, endless);
        await(training, out.resolve("checkpoint.json"));
        Thread.sleep(milliseconds);
        assertTrue(training.isAlive(), Files.readString(errors));
        // when
        long start = System.nanoTime();
        signal(training, signal);
        boolean ended = training.waitFor(60, TimeUnit.SECONDS);
        training.destroyForcibly();
        assertTrue(ended, "a minute after the signal it still ran");
        double seconds = (System.nanoTime() - start) / 1e9;
        // then
        String said = Files.readString(errors);
        assertEquals(status, training.exitValue(), said);
        assertTrue(seconds < 5, "took " + seconds + " s");
        List<String> ours =
                said.lines().filter(l -> l.startsWith("slidefield: ")).toList();
        assertEquals(
                List.of("slidefield: stopped; go on with: slidefield train " + manifest + " --out " + out
                        + " --resume"),
                ours,
                said);
        assertFalse(said.contains("\tat ") || said.contains("Exception"), said);
        assertEquals("", Files.readString(folder.resolve("out.txt")));
        for (String name : CommandLineFixture.contents(out).keySet()) {
            assertFalse(name.endsWith(".part"), name);
        }
        // the checkpoint is whole: a stop at once after resuming needs it to be read
        Thread resumed = new Thread(() -> cli.run("train", manifest, "--out", out, "--resume"));
        long before = Files.getLastModifiedTime(out.resolve("metrics.csv")).toMillis();
        resumed.start();
        while (resumed.isAlive()
                && Files.getLastModifiedTime(out.resolve("metrics.csv")).toMillis() == before) {
            Thread.sleep(5);
        }
        resumed.interrupt();
        resumed.join();
        assertTrue(cli.err().contains("stopped; go on with"), cli.err());
    }

    @Test
    void aSignalEndsTheTrainingInOrder() throws Exception {
        stop("INT", 130, folder.resolve("int"), 0);
        stop("TERM", 143, folder.resolve("term"), 50);
    }

    @Test
    @Tag("long")
    void aSignalAtAnyMomentLeavesAWholeCheckpoint() throws Exception {
        long seed = 17;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            stop("TERM", 143, folder.resolve("run" + i), random.nextInt(400));
        }
    }

    /** From its first file to its last: what is left can always be started, resumed, or is done. */
    @Test
    @Tag("long")
    void aTrainingKilledAtAnyMomentOfItsCommandEndsWithTheSameWeights() throws Exception {
        // given
        List<String> options = CommandLineFixture.tiny("training.reconstructionEpochs=60", "training.lesionEpochs=20");
        Path whole = folder.resolve("whole");
        assertEquals(0, cli.run("train", manifest, "--out", whole, options), cli.err());
        long seed = 23;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Path out = folder.resolve("killed");
        int kills = 0;
        // when
        while (kills < 12 && !Files.exists(out.resolve("field.safetensors"))) {
            boolean begun = Files.exists(out.resolve("config.yaml"));
            Path errors = folder.resolve("err.txt");
            Process training = train("", out, errors, begun ? List.of("--resume") : options);
            while (training.isAlive() && !Files.exists(out)) {
                Thread.sleep(1);
            }
            boolean ended = training.waitFor(random.nextInt(begun ? 6000 : 400), TimeUnit.MILLISECONDS);
            assertTrue(!ended || training.exitValue() == 0, () -> read(errors));
            training.destroyForcibly().waitFor();
            kills++;
        }
        // then
        boolean begun = Files.exists(out.resolve("config.yaml"));
        assertEquals(0, cli.run("train", manifest, "--out", out, begun ? List.of("--resume") : options), cli.err());
        System.out.println(kills + " kills");
        Map<String, Integer> expected = CommandLineFixture.contents(whole);
        Map<String, Integer> found = CommandLineFixture.contents(out);
        assertEquals(expected.keySet(), found.keySet());
        assertEquals(expected.get("field.safetensors"), found.get("field.safetensors"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Test
    void aFullDiskKeepsTheFileBeforeAndLeavesNoPart() throws Exception {
        // given a run with a checkpoint, whose next one does not fit under a limit on file sizes
        Path out = folder.resolve("run");
        Path errors = folder.resolve("err.txt");
        Process training = train(
                "",
                out,
                errors,
                CommandLineFixture.tiny(
                        "training.reconstructionEpochs=100000",
                        "field.hashGrid.levels=8",
                        "field.hashGrid.log2Table=14"));
        await(training, out.resolve("checkpoint.json"));
        training.destroyForcibly().waitFor();
        Map<String, Integer> before = CommandLineFixture.contents(out);
        long kilobytes = Files.size(out.resolve(name(before))) / 1024;
        // when
        training = train("ulimit -f " + (kilobytes - 2) + ";", out, errors, List.of("--resume"));
        // then
        assertEquals(1, training.waitFor());
        String said = Files.readString(errors);
        List<String> ours =
                said.lines().filter(l -> l.startsWith("slidefield: ")).toList();
        assertEquals(1, ours.size(), said);
        assertTrue(ours.get(0).matches(".*cannot write .*checkpoint-\\d+\\.safetensors: .*bytes written.*"), said);
        assertFalse(said.contains("\tat "), said);
        Map<String, Integer> after = CommandLineFixture.contents(out);
        before.remove("metrics.csv");
        after.remove("metrics.csv");
        assertEquals(before, after);
    }

    private static String name(Map<String, Integer> files) {
        return files.keySet().stream()
                .filter(n -> n.startsWith("checkpoint-") && n.endsWith(".safetensors"))
                .findFirst()
                .orElseThrow();
    }
}
