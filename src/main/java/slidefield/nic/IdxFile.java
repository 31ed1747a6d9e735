package slidefield.nic;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import slidefield.io.InputException;
import slidefield.io.UnpackedFile;

/**
 * An array of bytes in the IDX format, in which MNIST is published: two zero bytes, the kind of numbers (8: unsigned
 * bytes), the number of axes, the length of each axis (four bytes, highest first), then the values.
 *
 * @param lengths of the axes, the slowest first
 * @param values row-major
 */
record IdxFile(int[] lengths, byte[] values) {
    private static final int UNSIGNED_BYTES = 8;

    /** Values that one array can hold. */
    private static final long MOST = Integer.MAX_VALUE - 8;

    /**
     * Reads a file, compressed with gzip or not. What its header says is held against its size before memory is taken.
     *
     * @param file IDX
     * @param axes how many there must be
     * @throws InputException if there is no such file, it is of another kind, damaged, cut short or too large for the
     *     memory left
     */
    static IdxFile read(Path file, int axes) {
        return UnpackedFile.read(
                file, "an IDX file of unsigned bytes", (name, stream, most) -> read(name, stream, most, axes));
    }

    private static IdxFile read(String name, InputStream stream, long most, int axes) throws IOException {
        int[] lengths = lengths(name, stream, axes);
        long count = 1;
        for (int length : lengths) {
            // Below 2^62: a product of more than MOST ends it.
            count = count > MOST ? count : count * length;
        }
        if (count > MOST || 4L + 4 * axes + count > most) {
            throw new InputException(name + " says " + Arrays.toString(lengths) + " values, which its file cannot hold;"
                    + " it is cut short or its header damaged: get it again");
        }
        UnpackedFile.requireMemory(name, count);
        byte[] values = new byte[(int) count];
        if (stream.readNBytes(values, 0, values.length) < values.length) {
            throw new EOFException();
        }
        // The read of the end is where gzip checks what it gave.
        if (stream.read() >= 0) {
            throw new InputException(name + " goes on after its " + count + " values; its header does not fit them");
        }
        return new IdxFile(lengths, values);
    }

    private static int[] lengths(String name, InputStream stream, int axes) throws IOException {
        byte[] mark = stream.readNBytes(4);
        if (mark.length < 4 || mark[0] != 0 || mark[1] != 0) {
            throw new InputException(name + " does not begin as an IDX file (two zero bytes, kind, axes): another"
                    + " format, or damaged");
        }
        if (mark[2] != UNSIGNED_BYTES || mark[3] != axes) {
            throw new InputException(name + " holds numbers of kind " + mark[2] + " along " + mark[3]
                    + " axes; expected kind " + UNSIGNED_BYTES + " (unsigned bytes) along " + axes);
        }
        byte[] header = stream.readNBytes(4 * axes);
        if (header.length < 4 * axes) {
            throw new EOFException();
        }
        int[] lengths = new int[axes];
        ByteBuffer.wrap(header).asIntBuffer().get(lengths);
        for (int length : lengths) {
            if (length < 1) {
                throw new InputException(name + " says an axis of " + Integer.toUnsignedString(length)
                        + " values; expected 1 to " + Integer.MAX_VALUE + ": the header is damaged");
            }
        }
        return lengths;
    }
}
