package slidefield.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    Path folder;

    private void assertOnly(Path file) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void aFailureThatALibraryWrapsIsOneLineToo() throws IOException {
        // given
        Path file = folder.resolve("result.csv");
        WholeFile.writeText(file, "old");
        // when
        InputException failure = assertThrows(
                InputException.class,
                () -> WholeFile.write(file, 100, temporary -> {
                    Files.writeString(temporary, "half");
                    throw new IllegalStateException(
                            "row 3", new UncheckedIOException(new IOException("No space left on device")));
                }));
        // then
        assertTrue(
                failure.getMessage().startsWith("cannot write " + file + ": No space left on device (4 of 100 bytes"),
                failure.getMessage());
        assertTrue(failure.getMessage().endsWith("the previous file is unchanged"), failure.getMessage());
        assertEquals("old", Files.readString(file));
        assertOnly(file);
    }

    @Test
    void anErrorOfTheWriterItselfPassesAsItIs() throws IOException {
        Path file = folder.resolve("result.csv");
        WholeFile.writeText(file, "old");
        for (RuntimeException own :
                List.of(new IllegalStateException("a bug"), new InputException("damaged", new IOException("x")))) {
            RuntimeException thrown = assertThrows(
                    RuntimeException.class,
                    () -> WholeFile.write(file, temporary -> {
                        throw own;
                    }));
            assertSame(own, thrown);
        }
        assertOnly(file);
    }

    @Test
    void aTemporaryFileIsKnownByItsName() throws IOException {
        Path file = folder.resolve("a.json");
        WholeFile.write(file, temporary -> {
            assertTrue(WholeFile.isTemporary(temporary));
            Files.writeString(temporary, "x");
        });
        assertFalse(WholeFile.isTemporary(file));
    }

    @Test
    void aChecksumCoversAllButItself() {
        // given
        String sealed = Checksum.seal("{\"sha256\":\"" + Checksum.BLANK + "\",\"text\":\"abc\"}");
        String checksum = sealed.substring(11, 75);
        // then
        assertTrue(Checksum.fits(sealed.getBytes(), checksum));
        assertFalse(Checksum.fits(sealed.replace("abc", "abd").getBytes(), checksum));
        assertFalse(Checksum.fits(sealed.getBytes(), Checksum.BLANK));
        assertFalse(Checksum.fits(sealed.getBytes(), ""));
        assertThrows(IllegalArgumentException.class, () -> Checksum.seal("nothing to fill"));
    }
}
