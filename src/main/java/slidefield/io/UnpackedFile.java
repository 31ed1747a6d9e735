package slidefield.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads binary files that may be compressed with gzip, which their first bytes tell. What cannot be read is refused with
 * one line. Holds nothing: thread-safe.
 */
public final class UnpackedFile {
    /** Deflate makes at most 1032 bytes of one; gzip's own header and trailer take 18. */
    private static final long MOST_EXPANDED = 1032;

    private static final int PIECE = 1 << 16;

    private UnpackedFile() {}

    /** What is done with an opened file. */
    @FunctionalInterface
    public interface Use<T> {
        /**
         * @param name of the file, for messages
         * @param stream its bytes, decompressed
         * @param most bytes that the stream can give at most: what a header says is held against it before memory is taken
         */
        T of(String name, InputStream stream, long most) throws IOException;
    }

    /**
     * Opens a file, uses and closes it.
     *
     * @param file compressed or not
     * @param expected what it should be, for messages, such as "a NIfTI-1 file (.nii or .nii.gz)"
     * @param use reads it; an end too early is an {@link EOFException}
     * @throws InputException if there is no such file, or it is a folder, damaged or cut short
     */
    public static <T> T read(Path file, String expected, Use<T> use) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) {
                throw new InputException(name + " is a folder; expected " + expected);
            }
            long length = Files.size(file);
            try (InputStream stored = new BufferedInputStream(Files.newInputStream(file), PIECE)) {
                stored.mark(2);
                boolean compressed = stored.read() == 0x1F && stored.read() == 0x8B;
                stored.reset();
                return compressed
                        ? use.of(name, new GZIPInputStream(stored, PIECE), length * MOST_EXPANDED)
                        : use.of(name, stored, length);
            }
        } catch (EOFException cut) {
            throw new InputException(name + " is cut short; get it again", cut);
        } catch (ZipException damaged) {
            throw new InputException(name + " is damaged (" + damaged.getMessage() + "); get it again", damaged);
        } catch (NoSuchFileException missing) {
            throw new InputException("no file " + name + "; expected " + expected, missing);
        } catch (IOException unreadable) {
            throw new InputException("cannot read " + name + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Refuses what the memory left cannot hold.
     *
     * @param name of the file
     * @param bytes that its values take
     * @throws InputException with both sizes and what to do
     */
    public static void requireMemory(String name, long bytes) {
        Runtime runtime = Runtime.getRuntime();
        long left = runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
        if (bytes > left) {
            throw new InputException(name + " takes " + (bytes >> 20) + " MiB of memory and " + (left >> 20)
                    + " MiB are left; give Java more (-Xmx), or check whether the header is damaged");
        }
    }
}
