package slidefield.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import slidefield.nn.Engine;

/** The machine that numbers come from, in a line. */
final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    static String text() {
        int cores = Runtime.getRuntime().availableProcessors();
        try (Engine engine = Engine.preferred()) {
            return cores + (cores == 1 ? " core of " : " cores of ") + processor() + ", Java "
                    + Runtime.version().feature() + ", kernels "
                    + engine.kernels().name();
        }
    }

    private static String processor() {
        try {
            return Files.readAllLines(CPU_INFO).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException noLinux) {
            return System.getProperty("os.name") + " " + System.getProperty("os.arch");
        }
    }
}
