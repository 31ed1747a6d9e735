package slidefield.nic;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import slidefield.io.InputException;

/**
 * A compressed slide in its folder, as {@link SlideCompression} wrote it. Opening reads {@code grid.json} only; codes are read when
 * asked for, row by row, each row against its checksum.
 *
 * <p>Immutable, and every reading opens the file anew: safe to use from several threads at once.
 */
public final class CompressedSlide {
    private final Path folder;
    private final GridIndex index;

    private CompressedSlide(Path folder, GridIndex index) {
        this.folder = folder;
        this.index = index;
    }

    /**
     * @param folder of one slide
     * @throws InputException one line naming the file, if there is no compressed slide, its index is damaged, or it was not
     *     compressed to the end
     */
    public static CompressedSlide open(Path folder) {
        GridIndex index = GridIndex.read(folder);
        if (index.rowChecksums().isEmpty()) {
            throw new InputException(folder + " is not compressed to the end; go on with compress --resume");
        }
        return new CompressedSlide(folder, index);
    }

    /** The slide's name. */
    public String name() {
        return index.slide();
    }

    /** The encoder's name. */
    public String encoder() {
        return index.encoder();
    }

    /** Tells its encoder from others of the same name. */
    public String identity() {
        return index.identity();
    }

    /** How it was compressed. */
    public CompressionOptions options() {
        return index.options();
    }

    /** P, pixels along both sides of a patch. */
    public int patch() {
        return index.patch();
    }

    /** Rows of the grid of the slide as it lies. */
    public int rows() {
        return index.rows();
    }

    /** Columns of the grid of the slide as it lies. */
    public int columns() {
        return index.columns();
    }

    /** C, values of a code. */
    public int code() {
        return index.code();
    }

    /** Places of the grid with tissue: whose code is not zero. */
    public long tissue() {
        return index.tissue();
    }

    /** The orientations that are there, in the order of {@link GridOrientation}. */
    public List<GridOrientation> orientations() {
        return GridOrientation.all().stream().filter(index::has).toList();
    }

    /** F, values of the slide per value of its codes: 3 S<sup>2</sup> / C (Tellez et al. 2019, section 3.1). */
    public double compressionFactor() {
        return (double) index.colours()
                * index.options().stride()
                * index.options().stride()
                / index.code();
    }

    /** Where an orientation's array lies: NumPy's format, float16, rows x columns x C. */
    public Path file(GridOrientation orientation) {
        return folder.resolve(GridIndex.array(orientation));
    }

    /**
     * All codes of an orientation.
     *
     * @return the grid, in memory
     * @throws InputException if it is not there, damaged, or too large to be held at once
     */
    public CodeGrid read(GridOrientation orientation) {
        return crop(
                orientation,
                0,
                0,
                orientation.rows(index.rows(), index.columns()),
                orientation.columns(index.rows(), index.columns()));
    }

    /**
     * A part of an orientation's grid; zeros outside.
     *
     * @param orientation one of {@link #orientations()}
     * @param top first row; may lie outside
     * @param left first column; may lie outside
     * @param rows at least 1
     * @param columns at least 1
     * @return rows x columns x C
     * @throws InputException if the orientation is not there, its file damaged, or the part too large to be held at once
     */
    public CodeGrid crop(GridOrientation orientation, int top, int left, int rows, int columns) {
        if (!index.has(orientation)) {
            throw new InputException(folder + " holds the orientations "
                    + orientations().stream().map(GridOrientation::text).toList() + ", not " + orientation.text()
                    + "; add it with compress --orientations --resume");
        }
        int code = index.code();
        if (rows < 1 || columns < 1 || (long) rows * columns > (Integer.MAX_VALUE - 8) / code) {
            throw new InputException(folder + ": " + rows + " x " + columns + " codes of " + code
                    + " values cannot be held at once; read a smaller part");
        }
        int height = orientation.rows(index.rows(), index.columns());
        int width = orientation.columns(index.rows(), index.columns());
        int from = Math.max(0, left);
        int to = (int) Math.min(width, (long) left + columns);
        float[] values = new float[rows * columns * code];
        Path file = file(orientation);
        try (FileChannel channel = open(file, height, width)) {
            List<Long> checksums = index.rowChecksums().get(orientation.text());
            for (int row = Math.max(0, top); row < Math.min(height, (long) top + rows) && from < to; row++) {
                byte[] bytes = row(channel, file, row, height, width);
                if (SlideCompression.checksum(bytes, 0, bytes.length) != checksums.get(row)) {
                    throw damaged(file, "row " + row + " is not what was written");
                }
                byte[] part = Arrays.copyOfRange(bytes, from * code * CodeBytes.WIDTH, to * code * CodeBytes.WIDTH);
                float[] codes = CodeBytes.values(part);
                System.arraycopy(codes, 0, values, ((row - top) * columns + from - left) * code, codes.length);
            }
        } catch (IOException failure) {
            throw new InputException("cannot read " + file + ": " + failure.getMessage(), failure);
        }
        return new CodeGrid(rows, columns, code, values);
    }

    /** @throws InputException one line naming the file, if an array is missing, or of another size or shape; its values are not read */
    void requireArrays() {
        for (GridOrientation orientation : orientations()) {
            Path file = file(orientation);
            int height = orientation.rows(index.rows(), index.columns());
            try {
                open(file, height, orientation.columns(index.rows(), index.columns()))
                        .close();
            } catch (IOException failure) {
                throw new InputException("cannot read " + file + ": " + failure.getMessage(), failure);
            }
        }
    }

    private byte[] header(int height, int width) {
        return Npy.header("<f2", height, width, index.code());
    }

    /** Refuses a file of another size or shape before memory is taken for it. */
    private FileChannel open(Path file, int height, int width) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + " is missing; compress the slide again with --force");
        }
        byte[] header = header(height, width);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            long expected = header.length + (long) height * rowBytes(width);
            if (channel.size() != expected) {
                throw damaged(file, "expected " + expected + " bytes, found " + channel.size());
            }
            if (!Arrays.equals(header, bytes(channel, 0, header.length))) {
                throw damaged(
                        file,
                        "it does not begin like an array of " + height + " x " + width + " x " + index.code()
                                + " float16 values");
            }
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private int rowBytes(int width) {
        return width * index.code() * CodeBytes.WIDTH;
    }

    private byte[] row(FileChannel channel, Path file, int row, int height, int width) throws IOException {
        long at = header(height, width).length + (long) row * rowBytes(width);
        try {
            return bytes(channel, at, rowBytes(width));
        } catch (EOFException cut) {
            throw damaged(file, "it ends early");
        }
    }

    private static byte[] bytes(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("the file ends early");
            }
        }
        return bytes.array();
    }

    private static InputException damaged(Path file, String why) {
        return new InputException(file + " is damaged: " + why + "; compress the slide again with --force");
    }

    @Override
    public String toString() {
        return name() + " (" + rows() + " x " + columns() + " codes of " + code() + " values)";
    }
}
