package slidefield.nic;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import slidefield.io.InputException;

/**
 * Many grids of codes of one size in a file that is gone when this is closed: 16-bit numbers, as compressed slides have them on
 * disk, which the operating system keeps in memory as far as there is some.
 *
 * <p>Grids are added by one thread; those that are there may be read by several at once.
 */
public final class GridFile implements AutoCloseable {
    private static final String BEGINNING = "grids-";
    private static final String ENDING = ".tmp";

    private final Path file;
    private final FileChannel channel;
    private final List<Label> labels = new ArrayList<>();
    private int rows;
    private int columns;
    private int code;

    /** What a grid is of. */
    private record Label(String name, int number) {}

    /**
     * Makes the file; what a killed process left of its own in the folder is removed.
     *
     * @param folder that is there, for one such file at a time
     * @throws InputException if it cannot be written to
     */
    public GridFile(Path folder) {
        try {
            removeLeftovers(folder);
            file = Files.createTempFile(folder, BEGINNING, ENDING);
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException failure) {
            throw new InputException("cannot write to " + folder + ": " + failure.getMessage(), failure);
        }
    }

    private static void removeLeftovers(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path left : inside.toList()) {
                String name = left.getFileName().toString();
                if (name.startsWith(BEGINNING) && name.endsWith(ENDING)) {
                    Files.delete(left);
                }
            }
        }
    }

    /**
     * Adds a grid.
     *
     * @param name unique among them
     * @param label its class
     * @param grid of the size of those before it
     * @param encoder that made it, for messages
     * @throws InputException if a code is no number or too large for 16 bits, or the disk is full
     */
    public void add(String name, int label, CodeGrid grid, String encoder) {
        if (labels.isEmpty()) {
            rows = grid.rows();
            columns = grid.columns();
            code = grid.code();
        } else if (grid.rows() != rows || grid.columns() != columns || grid.code() != code) {
            throw new IllegalArgumentException("expected a grid of " + rows + " x " + columns + " codes of " + code
                    + " values, found " + grid.rows() + " x " + grid.columns() + " of " + grid.code());
        }
        ByteBuffer bytes = ByteBuffer.wrap(CodeBytes.of(grid.values(), grid.values().length, encoder));
        long at = labels.size() * bytesOfOne();
        try {
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (ClosedByInterruptException stopped) {
            throw stopped(stopped);
        } catch (IOException failure) {
            throw new InputException(
                    "cannot write " + file + ", which already has " + at + " bytes: " + failure.getMessage(), failure);
        }
        labels.add(new Label(name, label));
    }

    /** Who interrupts the thread wants an end; the file is closed by it. */
    private CancellationException stopped(ClosedByInterruptException cause) {
        CancellationException stopped = new CancellationException("interrupted at " + file);
        stopped.initCause(cause);
        return stopped;
    }

    private long bytesOfOne() {
        return (long) rows * columns * code * CodeBytes.WIDTH;
    }

    /** How many there are. */
    public int count() {
        return labels.size();
    }

    /**
     * A grid with its class, read anew whenever it is asked for; not after this is closed.
     *
     * @param number from 0, in the order in which they were added
     */
    public LabelledGrid get(int number) {
        Label label = labels.get(number);
        return new LabelledGrid(label.name(), label.number(), 1, orientation -> read(number));
    }

    /** One that was added, as it was but for 16 bits. */
    CodeGrid read(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(bytesOfOne()));
        long start = number * bytesOfOne();
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, start + bytes.position()) < 0) {
                    throw new EOFException("it ends within grid " + number);
                }
            }
        } catch (ClosedByInterruptException stopped) {
            throw stopped(stopped);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file, failure);
        }
        return new CodeGrid(rows, columns, code, CodeBytes.values(bytes.array()));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + file, failure);
        }
    }
}
