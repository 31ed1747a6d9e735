package slidefield.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import slidefield.io.InputException;
import slidefield.io.WholeFile;

/**
 * What has come of a file so far: {@code NAME.part} beside the target, and in {@code NAME.part.json} what it is a part
 * of. One process at a time holds it. Closed, it is on disk; with no byte in it, it is removed.
 */
final class PartFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path target;
    private final Path path;
    private final Path statePath;
    private final RandomAccessFile file;
    private final FileLock lock;
    private State state;
    private long size;
    private boolean joined;

    /**
     * What the bytes are a part of.
     *
     * @param url where they come from
     * @param version the server's name for this version of the file, or null where it gives none
     * @param total bytes of the whole file, or -1
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record State(String url, String version, long total) {}

    private PartFile(Path target, Path path, RandomAccessFile file, FileLock lock) throws IOException {
        this.target = target;
        this.path = path;
        this.file = file;
        this.lock = lock;
        statePath = path.resolveSibling(path.getFileName() + ".json");
        state = readState();
        size = file.length();
        joined = size > 0;
        if (state == null) {
            empty();
        }
    }

    /**
     * Opens or begins the part of a file.
     *
     * @param target the file's final name
     * @throws InputException if it cannot be written, or another process is at it
     */
    static PartFile open(Path target) {
        Path path = target.resolveSibling(target.getFileName() + ".part");
        if (Files.isSymbolicLink(path)) {
            throw new InputException(path + " is a link; remove it and fetch again");
        }
        RandomAccessFile file = null;
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            file = new RandomAccessFile(path.toFile(), "rw");
            FileLock lock = file.getChannel().tryLock();
            if (lock == null || !Files.exists(path)) {
                // The second: another process has just given it its final name.
                throw new OverlappingFileLockException();
            }
            return new PartFile(target, path, file, lock);
        } catch (OverlappingFileLockException taken) {
            closeQuietly(file);
            throw new InputException(target + " is being fetched already; wait for that or stop it", taken);
        } catch (IOException failure) {
            closeQuietly(file);
            throw new InputException("cannot write " + path + ": " + failure.getMessage(), failure);
        }
    }

    private State readState() {
        if (!Files.isRegularFile(statePath)) {
            return null;
        }
        try {
            return JSON.readValue(Files.readString(statePath), State.class);
        } catch (IOException unreadable) {
            // Bytes of unknown origin are worth nothing: begin again.
            return null;
        }
    }

    Path path() {
        return path;
    }

    /** The target's name. */
    String name() {
        return target.getFileName().toString();
    }

    /** Bytes that are there. */
    long size() {
        return size;
    }

    /** What the bytes are a part of; null where there are none. */
    State state() {
        return state;
    }

    /** Whether the bytes come from more than one answer, or from an earlier time. */
    boolean joined() {
        return joined;
    }

    /** Whether every byte is there. */
    boolean isWhole() {
        return state != null && state.total > 0 && size == state.total;
    }

    /** Begins again, with the first byte of this file. */
    void begin(State of) throws IOException {
        empty();
        try {
            String text = JSON.writeValueAsString(of) + "\n";
            WholeFile.writeText(statePath, text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        state = of;
    }

    /** Goes on after the last byte. */
    void resume() {
        joined = true;
    }

    /** Drops what is there. */
    void discard() throws IOException {
        empty();
        Files.deleteIfExists(statePath);
        state = null;
    }

    private void empty() throws IOException {
        file.setLength(0);
        size = 0;
        joined = false;
    }

    /** Appends bytes. Not ended by an interrupt, which would close the file. */
    void append(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        file.seek(size);
        file.write(copy);
        size += copy.length;
    }

    /** Gives the file its final name. The part is closed then. */
    void publish() throws IOException {
        closeFile();
        WholeFile.publish(path, target);
        Files.deleteIfExists(statePath);
    }

    private void closeFile() throws IOException {
        if (file.getChannel().isOpen()) {
            file.getFD().sync();
            lock.release();
            file.close();
        }
    }

    @Override
    public void close() {
        try {
            closeFile();
            if (Files.exists(path) && Files.size(path) == 0) {
                Files.delete(path);
                Files.deleteIfExists(statePath);
            }
        } catch (IOException failure) {
            throw new InputException("cannot write " + path + ": " + failure.getMessage(), failure);
        }
    }

    private static void closeQuietly(RandomAccessFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException stays) {
            // The failure that matters is already on its way up.
        }
    }
}
