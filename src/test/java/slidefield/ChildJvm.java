package slidefield;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a class of the tests in a Java process of its own, on the class path of this one. */
public final class ChildJvm {
    private static final Path JDKS = Path.of("/usr/lib/jvm");

    private ChildJvm() {}

    /** How a process ended and what it printed. */
    public record Outcome(int status, String out, String err) {}

    /**
     * Starts a small process.
     *
     * @param java the program; null for this process's own
     * @param main the class to run
     * @param log where its standard error goes
     * @param args for it
     */
    public static Process start(Path java, Class<?> main, Path log, String... args) throws IOException {
        return start(java, Map.of(), main, log, args);
    }

    /**
     * Starts a small process.
     *
     * @param java the program; null for this process's own
     * @param environment variables beside those of this process
     * @param main the class to run
     * @param log where its standard error goes
     * @param args for it
     */
    public static Process start(Path java, Map<String, String> environment, Class<?> main, Path log, String... args)
            throws IOException {
        List<String> small = List.of("-Xmx400m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        ProcessBuilder builder = new ProcessBuilder(line(java, small, main, args)).redirectError(log.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /**
     * Runs a process to its end.
     *
     * @param folder for what it prints
     * @param flags of the JVM
     * @param main the class to run
     * @param args for it
     */
    public static Outcome run(Path folder, List<String> flags, Class<?> main, String... args)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(line(null, flags, main, args))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // No waiting of threads for each other where other processes want the cores too.
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(30, TimeUnit.MINUTES);
            return new Outcome(ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> line(Path java, List<String> flags, Class<?> main, String... args) {
        String own = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line = new ArrayList<>();
        line.add(java == null ? own : java.toString());
        line.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
        line.addAll(flags);
        line.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        line.addAll(List.of(args));
        return line;
    }

    /** The process's standard output, to be read line by line while it runs. */
    public static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The {@code java} of the newest JDK of this machine, if it is newer than this one. */
    public static Optional<Path> newerJdk() {
        if (!Files.isDirectory(JDKS)) {
            return Optional.empty();
        }
        Path best = null;
        int bestVersion = Runtime.version().feature();
        try (Stream<Path> folders = Files.list(JDKS)) {
            for (Path folder : folders.toList()) {
                int version = version(folder);
                if (version > bestVersion) {
                    best = folder.resolve("bin/java");
                    bestVersion = version;
                }
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return Optional.ofNullable(best);
    }

    /** The feature version that a JDK's {@code release} file tells; 0 where there is none. */
    private static int version(Path jdk) throws IOException {
        Path release = jdk.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(jdk.resolve("bin/java"))) {
            return 0;
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("JAVA_VERSION=\""))
                .map(line -> line.replaceFirst("JAVA_VERSION=\"(\\d+).*", "$1"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }
}
