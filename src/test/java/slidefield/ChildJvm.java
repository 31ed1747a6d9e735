package slidefield;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs a class of the tests in a Java process of its own, on the class path of this one. */
public final class ChildJvm {
    private static final Path JDKS = Path.of("/usr/lib/jvm");

    private ChildJvm() {}

    /**
     * Starts a process.
     *
     * @param java the program; null for this process's own
     * @param main the class to run
     * @param log where its standard error goes
     * @param args for it
     */
    public static Process start(Path java, Class<?> main, Path log, String... args) throws IOException {
        String own = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> line = new ArrayList<>();
        line.add(java == null ? own : java.toString());
        line.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        line.addAll(List.of(args));
        return new ProcessBuilder(line).redirectError(log.toFile()).start();
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
