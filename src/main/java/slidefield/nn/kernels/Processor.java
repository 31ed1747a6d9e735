package slidefield.nn.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system tells of the processor (Linux; empty elsewhere). */
public final class Processor {
    private static final String INFO = read(Path.of("/proc/cpuinfo"));

    private Processor() {}

    /** @return the text of {@code /proc/cpuinfo}, or "" where there is none */
    public static String info() {
        return INFO;
    }

    private static String read(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
