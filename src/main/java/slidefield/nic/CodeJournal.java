package slidefield.nic;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import slidefield.io.InputException;

/**
 * The codes of one orientation while they are made: band after band at the places of the slide as it lies, each with its CRC-32,
 * forced to disk. What a killed process left of it is checked, and what is cut or damaged is encoded again.
 *
 * <p>Not thread-safe.
 */
final class CodeJournal implements AutoCloseable {
    private static final int CHECKSUM = 8;

    private final Path file;
    private final FileChannel channel;
    private final GridEncoding grid;
    private final int rowBytes;
    private int bands;

    /**
     * @param file made where it is not there
     * @param grid whose bands it takes
     * @param code C, values of a code
     * @throws InputException if the file cannot be written
     */
    CodeJournal(Path file, GridEncoding grid, int code) {
        this.file = file;
        this.grid = grid;
        this.rowBytes = Math.multiplyExact(grid.columns(), code * CodeBytes.WIDTH);
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw failed(failure);
        }
        try {
            while (bands < grid.bands() && isWhole(bands)) {
                bands++;
            }
            truncate(bands);
        } catch (IOException failure) {
            close();
            throw failed(failure);
        }
    }

    private InputException failed(IOException failure) {
        return new InputException("cannot write " + file + ": " + failure.getMessage(), failure);
    }

    /** Bands that it holds whole. */
    int bands() {
        return bands;
    }

    private int length(int band) {
        return Math.multiplyExact(grid.rowsOf(band), rowBytes);
    }

    private long start(int band) {
        return band * ((long) grid.bandRows() * rowBytes + CHECKSUM);
    }

    private boolean isWhole(int band) throws IOException {
        if (channel.size() < start(band) + length(band) + CHECKSUM) {
            return false;
        }
        ByteBuffer bytes = read(start(band), length(band) + CHECKSUM);
        return bytes.getLong(length(band)) == checksum(band, bytes.array(), length(band));
    }

    /** Its number is in it, so that a band of zeros is none. */
    private static long checksum(int band, byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (long) (band + 1) << 32 | crc.getValue();
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("the file ends early");
            }
        }
        return bytes.flip();
    }

    /** Forgets all bands from that one on. */
    void truncate(int count) throws IOException {
        bands = Math.min(bands, count);
        channel.truncate(start(bands));
    }

    /**
     * Adds a band and forces it to disk.
     *
     * @param bytes of all its rows
     * @throws InputException if it cannot be written, such as on a full disk
     */
    void append(byte[] bytes) {
        ByteBuffer record = ByteBuffer.allocate(bytes.length + CHECKSUM);
        record.put(bytes).putLong(checksum(bands, bytes, bytes.length)).flip();
        try {
            long at = start(bands);
            while (record.hasRemaining()) {
                channel.write(record, at + record.position());
            }
            channel.force(false);
        } catch (IOException failure) {
            throw failed(failure);
        }
        bands++;
    }

    /**
     * Some rows of all columns, or some columns of all rows.
     *
     * @return values of the box, rows x columns x C, row-major
     */
    float[] read(int top, int left, int rows, int columns) throws IOException {
        int code = rowBytes / CodeBytes.WIDTH / grid.columns();
        int piece = columns * code;
        float[] box = new float[Math.multiplyExact(rows, piece)];
        for (int row = 0; row < rows; row++) {
            int band = (top + row) / grid.bandRows();
            long at = start(band)
                    + (long) ((top + row) % grid.bandRows()) * rowBytes
                    + (long) left * code * CodeBytes.WIDTH;
            float[] values = CodeBytes.values(read(at, piece * CodeBytes.WIDTH).array());
            System.arraycopy(values, 0, box, row * piece, piece);
        }
        return box;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException stays) {
            // All that counts was forced to disk before.
        }
    }
}
