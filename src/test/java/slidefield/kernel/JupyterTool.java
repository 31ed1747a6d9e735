package slidefield.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs scripts with Jupyter's Python, on a kernelspec of the test's own for the JDK that runs the test. */
public final class JupyterTool {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String PYTHON = "/usr/bin/python3";

    private JupyterTool() {}

    /** What a program printed, and how it ended. */
    public record Outcome(int status, String out, String err) {}

    /** Skips the test, visibly, where Jupyter's client is not installed. */
    public static void assumeJupyter() {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), PYTHON + " is missing: kernel tests skipped");
        try {
            Outcome probe =
                    run("", Path.of("target"), List.of(PYTHON, "-c", "import jupyter_client, nbclient, nbconvert"));
            assumeTrue(
                    probe.status() == 0,
                    "Jupyter (python3-nbclient, jupyter-nbconvert) is missing: kernel tests skipped");
        } catch (IOException | InterruptedException failure) {
            assumeTrue(false, "cannot run " + PYTHON + ": " + failure);
        }
    }

    /** Writes the kernelspec for this JDK below {@code folder}. */
    public static void writeKernelspec(Path folder) throws IOException, InterruptedException {
        Outcome outcome =
                run("", folder, List.of("environment/kernelspec", "--heap", "512m", "--dir", folder.toString()));
        assertEquals(0, outcome.status(), outcome.err());
    }

    /** Runs a test resource as a Python script against the kernelspec in {@code folder}. */
    public static Outcome python(String input, Path folder, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON, "-W", "ignore", "src/test/resources/" + script));
        command.addAll(List.of(arguments));
        return run(input, folder, command);
    }

    /** Runs a command in the project's folder; standard input is {@code input}. */
    public static Outcome run(String input, Path folder, List<String> command)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path in = Files.writeString(Files.createTempFile(folder, "in", ".txt"), input);
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JUPYTER_PATH", folder.toString());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        boolean ended = process.waitFor(600, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        Outcome outcome = new Outcome(
                ended ? process.exitValue() : -1,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
        for (Path file : List.of(in, out, err)) {
            Files.deleteIfExists(file);
        }
        return outcome;
    }
}
