package slidefield.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
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
        Path folder = target.toAbsolutePath().getParent();
        Path temporary = folder.resolve("." + target.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
            if (Files.isSymbolicLink(temporary)) {
                // Writing would go to wherever it leads.
                Files.delete(temporary);
            }
            writer.write(temporary);
            publish(temporary, target);
        } catch (IOException failure) {
            throw new InputException(describe(target, temporary, failure), failure);
        } finally {
            removeQuietly(temporary);
        }
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

    private static String describe(Path target, Path temporary, IOException failure) {
        StringBuilder text = new StringBuilder("cannot write " + target + ": " + failure.getMessage());
        try {
            long written = Files.exists(temporary) ? Files.size(temporary) : 0;
            long left = Files.getFileStore(target.toAbsolutePath().getParent()).getUsableSpace();
            text.append(" (")
                    .append(written)
                    .append(" bytes written, ")
                    .append(left)
                    .append(" bytes left on the disk)");
        } catch (IOException unknown) {
            failure.addSuppressed(unknown);
        }
        return text.append(Files.exists(target) ? "; the previous file is unchanged" : "")
                .toString();
    }

    private static void removeQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException stays) {
            // Nothing more can be done here, and the failure that matters is already on its way up.
        }
    }
}
