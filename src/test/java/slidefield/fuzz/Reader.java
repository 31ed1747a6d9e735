package slidefield.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import slidefield.io.InputException;

/**
 * A reader of files under test: whatever bytes it is given, it has a value or refuses with one line, soon. Anything else
 * it throws, a stack overflow or a lack of memory included, fails the test.
 */
public final class Reader {
    /** Generous: the slowest input takes well below a second on an idle machine. */
    private static final long SECONDS = 30;

    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "reader");
        thread.setDaemon(true);
        return thread;
    });

    private final String ending;
    private final Reading reading;
    private final AtomicLong values = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private Path folder;

    /** Reads a file as far as it goes. */
    @FunctionalInterface
    public interface Reading {
        /** @throws Exception none but an {@link InputException} is right */
        void read(Path file) throws Exception;
    }

    /**
     * @param ending of its files' names
     * @param reading reads one
     */
    public Reader(String ending, Reading reading) {
        this.ending = ending;
        this.reading = reading;
    }

    /** Writes the bytes to a file and reads it. */
    public void check(Spoilt spoilt) {
        Path file = write(spoilt.bytes());
        try {
            THREAD.submit(() -> {
                        reading.read(file);
                        return null;
                    })
                    .get(SECONDS, TimeUnit.SECONDS);
            values.incrementAndGet();
        } catch (ExecutionException thrown) {
            if (!(thrown.getCause() instanceof InputException refused)) {
                throw new AssertionError("neither a value nor a refusal, keep " + spoilt, thrown.getCause());
            }
            if (refused.getMessage().lines().count() != 1) {
                throw new AssertionError("not one line, keep " + spoilt, refused);
            }
            refusals.incrementAndGet();
        } catch (TimeoutException late) {
            throw new AssertionError("no answer for " + SECONDS + " s, keep " + spoilt, late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }

    private Path write(byte[] bytes) {
        try {
            if (folder == null) {
                folder = Files.createTempDirectory("reader");
                Runtime.getRuntime().addShutdownHook(new Thread(this::clean));
            }
            return Files.write(folder.resolve("read." + ending), bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void clean() {
        try (var inside = Files.walk(folder)) {
            for (Path path : inside.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException stays) {
            System.err.println("left behind: " + folder);
        }
    }

    /** How many inputs had a value, and how many were refused. */
    @Override
    public String toString() {
        return values + " values, " + refusals + " refusals";
    }
}
