package slidefield.slide;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.DoubleConsumer;
import slidefield.io.WholeFile;

/**
 * Writes tiled pyramidal TIFF files (TIFF 6.0, section 15; BigTIFF above 4 GB) that OpenSlide opens as "generic-tiff".
 *
 * <p>The source is read once. Each tile of a level is compressed, written and averaged into the one row of tiles that
 * the next level holds in memory; a full row goes the same way. So memory is a row of tiles of each coarser level,
 * about {@code width x tile x 3} bytes in all, whatever the slide's height. Tiles of all levels follow each other in
 * the file as they become ready, and the directories come last. The same pixels and options give the same bytes.
 *
 * <p>Every call has a state of its own: thread-safe for different targets.
 */
public final class PyramidWriter {
    /** A file whose last byte lies beyond this becomes a BigTIFF: 32-bit offsets reach no further. */
    static final long CLASSIC_LIMIT = 0xFFFFFFFFL;

    private final SeekableByteChannel out;
    private final PyramidOptions options;
    private final int tile;
    private final List<PyramidLevel> levels;
    private final TiffTileCodec codec;
    private final DoubleConsumer progress;
    private long tilesWritten;

    private PyramidWriter(
            int width, int height, PyramidOptions options, SeekableByteChannel out, DoubleConsumer progress) {
        this.out = out;
        this.options = options;
        this.progress = progress;
        levels = PyramidLevel.plan(width, height, options);
        tile = options.tileFor(width, height);
        codec = new TiffTileCodec(options, tile);
    }

    /**
     * Writes a slide; the target only ever holds the whole old or the whole new file.
     *
     * @param target the file's final name (.tif)
     * @param source the pixels of level 0
     * @param options compression, pixel size, tiles
     * @param progress told the fraction of level 0 that is done, in (0, 1]
     * @throws slidefield.io.InputException if the source is too large or cannot be read, or the file not be written
     */
    public static PyramidFile write(Path target, PixelSource source, PyramidOptions options, DoubleConsumer progress) {
        int[] count = new int[1];
        WholeFile.write(target, temporary -> {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                count[0] = encode(source, options, channel, CLASSIC_LIMIT, progress);
            }
        });
        return PyramidFile.of(target, count[0]);
    }

    /** Writes to an open channel and returns the number of levels. */
    static int encode(
            PixelSource source,
            PyramidOptions options,
            SeekableByteChannel out,
            long classicLimit,
            DoubleConsumer progress)
            throws IOException {
        PyramidWriter writer = new PyramidWriter(source.width(), source.height(), options, out, progress);
        try (writer.codec) {
            writer.writeFinest(source);
            writer.writeDirectories(classicLimit);
        }
        return writer.levels.size();
    }

    private void writeFinest(PixelSource source) throws IOException {
        out.position(TiffDirectory.HEADER);
        PyramidLevel finest = levels.get(0);
        byte[] pixels = new byte[tile * tile * options.samples()];
        for (int row = 0; row < finest.rows; row++) {
            int height = Math.min(tile, finest.height - row * tile);
            for (int column = 0; column < finest.columns; column++) {
                int width = Math.min(tile, finest.width - column * tile);
                PyramidPixels.intoTile(
                        source.read(column * tile, row * tile, width, height), pixels, tile, options.samples());
                writeTile(0, column, row, pixels);
                tilesWritten++;
                progress.accept((double) tilesWritten / ((long) finest.rows * finest.columns));
            }
            rowDone(0, row);
        }
    }

    private void writeTile(int index, int column, int row, byte[] pixels) throws IOException {
        byte[] compressed = codec.compress(pixels);
        levels.get(index).wrote(column, row, out.position(), compressed.length);
        put(compressed);
        if (compressed.length % 2 == 1) {
            put(new byte[1]);
        }
        if (index + 1 < levels.size()) {
            PyramidLevel next = levels.get(index + 1);
            int half = tile / 2;
            PyramidPixels.halve(pixels, tile, options.samples(), next.band, next.width, column * half, row % 2 * half);
        }
    }

    /** Two rows of tiles of a level, or its last one, fill a row of tiles of the next. */
    private void rowDone(int index, int row) throws IOException {
        boolean last = row == levels.get(index).rows - 1;
        if (index + 1 == levels.size() || row % 2 == 0 && !last) {
            return;
        }
        PyramidLevel next = levels.get(index + 1);
        int samples = options.samples();
        int nextRow = row / 2;
        int height = Math.min(tile, next.height - nextRow * tile);
        byte[] pixels = new byte[tile * tile * samples];
        for (int column = 0; column < next.columns; column++) {
            int width = Math.min(tile, next.width - column * tile);
            for (int y = 0; y < height; y++) {
                int from = (y * next.width + column * tile) * samples;
                System.arraycopy(next.band, from, pixels, y * tile * samples, width * samples);
            }
            PyramidPixels.pad(pixels, tile, samples, width, height);
            writeTile(index + 1, column, nextRow, pixels);
        }
        rowDone(index + 1, nextRow);
    }

    private void writeDirectories(long classicLimit) throws IOException {
        long start = (out.position() + 7) / 8 * 8;
        boolean big = start + directoriesSize(false) > classicLimit;
        put(new byte[(int) (start - out.position())]);
        for (int i = 0; i < levels.size(); i++) {
            TiffDirectory directory = directory(i);
            put(directory.encode(out.position(), big, i == levels.size() - 1));
        }
        out.position(0);
        put(TiffDirectory.header(start, big));
    }

    private long directoriesSize(boolean big) {
        long size = 0;
        for (int i = 0; i < levels.size(); i++) {
            size += directory(i).size(big);
        }
        return size;
    }

    private TiffDirectory directory(int index) {
        return levels.get(index).directory(codec, options, index, levels.get(0));
    }

    private void put(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }
}
