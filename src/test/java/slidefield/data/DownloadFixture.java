package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A server on this machine that does what servers do, and a place for its file. */
abstract class DownloadFixture {
    static final int SIZE = 300_000;
    static final byte[] FILE = bytes(1, SIZE);
    static final byte[] CHANGED = bytes(2, SIZE);

    @TempDir
    Path folder;

    FileServer server = new FileServer(FILE, "\"one\"");

    @AfterEach
    void stop() {
        server.close();
    }

    static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Waits for a server that may be slow, on a machine that may be busy. */
    static DownloadOptions patient(int attempts) {
        return waiting(attempts, Duration.ofSeconds(20));
    }

    static DownloadOptions waiting(int attempts, Duration patience) {
        return new DownloadOptions(
                Duration.ofSeconds(5), patience, attempts, Duration.ofMillis(5), Duration.ofMillis(50), 10_000_000);
    }

    Path target() {
        return folder.resolve("deep/slide.tif");
    }

    Download.Wanted wanted() {
        return new Download.Wanted(server.url(), (long) SIZE, sha256(FILE));
    }

    Origin get(int attempts, Download.Wanted wanted) {
        return new Download(patient(attempts)).get(wanted, target(), DownloadListener.NONE);
    }

    NotFetchedException refused(Download.Wanted wanted) {
        NotFetchedException refused = assertThrows(NotFetchedException.class, () -> get(3, wanted));
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        return refused;
    }

    void assertWhole(byte[] expected) throws IOException {
        assertArrayEquals(expected, Files.readAllBytes(target()));
        assertEquals(List.of("slide.tif", "slide.tif.origin.json"), names());
    }

    List<String> names() throws IOException {
        if (!Files.isDirectory(target().getParent())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(target().getParent())) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
