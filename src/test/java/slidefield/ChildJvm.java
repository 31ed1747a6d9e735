package slidefield;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a class with a main method in a process of its own, on the JDK and the class path of the tests. */
public final class ChildJvm {
    private ChildJvm() {}

    /** How a process ended and what it printed. */
    public record Outcome(int status, String out, String err) {}

    /**
     * @param folder for what it prints
     * @param flags of the JVM
     * @param main the class
     * @param arguments for it
     */
    public static Outcome run(Path folder, List<String> flags, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
        line.addAll(flags);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        // No waiting of threads for each other where other processes want the cores too.
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(30, TimeUnit.MINUTES);
            return new Outcome(ended ? process.exitValue() : -1, text(out), text(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
