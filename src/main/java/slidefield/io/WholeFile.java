package slidefield.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that its final name only ever holds the whole old or the whole new content: the bytes go to a
 * temporary file beside the target, are forced to disk and then renamed over it. A failure removes the temporary
 * file and leaves the previous one untouched.
 */
public final class WholeFile {
    private static final String SUFFIX = ".part";
    private static final long UNKNOWN = -1;

    private WholeFile() {}

    /** Fills the temporary file whose path it is given. */
    @FunctionalInterface
    public interface Writer {
        /**
         * @param temporary the path to create and fill
         * @throws IOException if the bytes cannot be written
         */
        void write(Path temporary) throws IOException;
    }

    /**
     * Writes {@code target} through {@code writer}; parent folders are made.
     *
     * @param target the file's final name
     * @param writer fills a temporary file in the same folder
     * @throws InputException if the disk is full or the folder cannot be written; names the file, the bytes
     *     already written and the bytes left on the disk
     */
    public static void write(Path target, Writer writer) {
        write(target, UNKNOWN, writer);
    }

    /**
     * The same for a file whose size is known before: where the disk is full, the message says how many bytes are
     * missing.
     *
     * @param target the file's final name
     * @param bytes that the whole file will have
     * @param writer fills a temporary file in the same folder
     * @throws InputException as {@link #write(Path, Writer)}
     */
    public static void write(Path target, long bytes, Writer writer) {
        Path folder = target.toAbsolutePath().getParent();
        Path temporary = temporary(target);
        try {
            Files.createDirectories(folder);
            if (Files.isSymbolicLink(temporary)) {
                // Writing would go to wherever it leads.
                Files.delete(temporary);
            }
            writer.write(temporary);
            publish(temporary, target);
        } catch (IOException failure) {
            throw new InputException(describe(target, temporary, bytes, failure), failure);
        } catch (RuntimeException failure) {
            // Some libraries wrap what the file system said.
            IOException underneath = underneath(failure);
            throw underneath == null || failure instanceof InputException
                    ? failure
                    : new InputException(describe(target, temporary, bytes, underneath), failure);
        } finally {
            removeQuietly(temporary);
        }
    }

    /**
     * Writes a text in UTF-8.
     *
     * @param target the file's final name
     * @param text all of it
     * @throws InputException as {@link #write(Path, Writer)}
     */
    public static void writeText(Path target, String text) {
        writeBytes(target, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes bytes that are there already.
     *
     * @param target the file's final name
     * @param bytes all of it
     * @throws InputException as {@link #write(Path, Writer)}
     */
    public static void writeBytes(Path target, byte[] bytes) {
        write(target, bytes.length, temporary -> Files.write(temporary, bytes));
    }

    /**
     * Whether a file has a name that only files have that are being written: one that is there while nobody writes was
     * left by a process that was killed.
     */
    public static boolean isTemporary(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(SUFFIX);
    }

    /** The file that is renamed to the given one. */
    private static Path temporary(Path target) {
        return target.toAbsolutePath().resolveSibling("." + target.getFileName() + SUFFIX);
    }

    private static IOException underneath(Throwable failure) {
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof IOException found) {
                return found;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /**
     * Forces a finished file to disk and renames it to its final name.
     *
     * @param temporary a whole, closed file in the target's folder
     * @param target its final name; a file of that name is replaced
     * @throws IOException if that fails; {@code temporary} may still be there
     */
    public static void publish(Path temporary, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(target.toAbsolutePath().getParent());
    }

    /** The new name is on disk only once the folder is; not every file system lets a folder be forced. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // Windows refuses to open a folder: the rename is then as durable as that system makes it.
        }
    }

    private static String describe(Path target, Path temporary, long bytes, IOException failure) {
        StringBuilder text = new StringBuilder("cannot write " + target + ": " + reason(failure));
        try {
            long written = Files.exists(temporary) ? Files.size(temporary) : 0;
            long left = Files.getFileStore(target.toAbsolutePath().getParent()).getUsableSpace();
            long missing = bytes - written - left;
            text.append(" (").append(written);
            if (bytes != UNKNOWN) {
                text.append(" of ").append(bytes);
            }
            text.append(" bytes written, ").append(left).append(" bytes left on the disk");
            if (bytes != UNKNOWN && missing > 0) {
                text.append(", ").append(missing).append(" bytes missing");
            }
            text.append(')');
        } catch (IOException unknown) {
            failure.addSuppressed(unknown);
        }
        return text.append(Files.exists(target) ? "; the previous file is unchanged" : "")
                .toString();
    }

    /** What the system said, without the temporary file's name, on one line. */
    private static String reason(IOException failure) {
        String said = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return said == null || said.isBlank()
                ? failure.getClass().getSimpleName()
                : said.lines().findFirst().orElseThrow();
    }

    private static void removeQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException stays) {
            // Nothing more can be done here, and the failure that matters is already on its way up.
        }
    }
}
