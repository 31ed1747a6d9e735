package slidefield.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most memory that this process had resident at any time so far, heap and arrays outside it together. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private PeakMemory() {}

    /** In MB (10^6 bytes), rounded; empty where the system does not say, which only Linux does. */
    static OptionalLong megabytes() {
        try {
            return Files.isReadable(STATUS) ? megabytes(Files.readString(STATUS)) : OptionalLong.empty();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    /** The same from the text of {@code /proc/self/status}, where the line reads {@code VmHWM: 123456 kB}. */
    static OptionalLong megabytes(String status) {
        return status.lines()
                .filter(line -> line.matches("VmHWM:\\s*\\d+\\s*kB\\s*"))
                .mapToLong(line -> Math.round(Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6))
                .findFirst();
    }
}
