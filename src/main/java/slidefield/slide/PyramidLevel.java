package slidefield.slide;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import slidefield.io.InputException;

/** One level while it is written: its size, where its tiles went, and the one row of tiles that is being filled. */
final class PyramidLevel {
    /** More tiles than this (about a million by a million pixels at 256) is a mistake, not a slide. */
    private static final long MAX_TILES = 1L << 24;

    final int width;
    final int height;
    final int columns;
    final int rows;
    /** One row of tiles of this level, row-major {@code tile x width x samples}; null on level 0, which is streamed. */
    final byte[] band;

    private final int tile;
    private final long[] offsets;
    private final long[] lengths;

    private PyramidLevel(int width, int height, int tile, int samples, boolean finest) {
        this.width = width;
        this.height = height;
        this.tile = tile;
        columns = (width - 1) / tile + 1;
        rows = (height - 1) / tile + 1;
        offsets = new long[columns * rows];
        lengths = new long[columns * rows];
        band = finest ? null : new byte[Math.toIntExact((long) width * tile * samples)];
    }

    /**
     * The levels of a slide: each half of the previous, rounded up, until the long side is small enough.
     *
     * @throws InputException if the size is not positive or too large for a file or for the memory at hand
     */
    static List<PyramidLevel> plan(int width, int height, PyramidOptions options) {
        if (width < 1 || height < 1) {
            throw new InputException(
                    "a slide needs at least one pixel, found " + width + " x " + height + ": check the size or crop");
        }
        int tile = options.tileFor(width, height);
        long tiles = ((width - 1L) / tile + 1) * ((height - 1L) / tile + 1);
        long bands = (long) width * tile * options.samples();
        if (tiles > MAX_TILES
                || bands
                        > Math.min(Integer.MAX_VALUE - 16L, Runtime.getRuntime().maxMemory() / 3)) {
            throw new InputException("a slide of " + width + " x " + height
                    + " pixels is too large to write with this memory: use a crop, or a larger Java heap (-Xmx)");
        }
        List<PyramidLevel> levels = new ArrayList<>();
        levels.add(new PyramidLevel(width, height, tile, options.samples(), true));
        while (Math.max(width, height) > options.coarsest()
                && (Math.min(width, height) + 1) / 2 >= tile
                && tile % 2 == 0) {
            width = (width + 1) / 2;
            height = (height + 1) / 2;
            levels.add(new PyramidLevel(width, height, tile, options.samples(), false));
        }
        return levels;
    }

    void wrote(int column, int row, long offset, long length) {
        offsets[row * columns + column] = offset;
        lengths[row * columns + column] = length;
    }

    /** The page's tags; level 0 carries the pixel size, the description and the name of the program. */
    TiffDirectory directory(TiffTileCodec codec, PyramidOptions options, int index, PyramidLevel finest) {
        long[] bits = new long[options.samples()];
        Arrays.fill(bits, 8);
        TiffDirectory directory = new TiffDirectory()
                .longs(254, index == 0 ? 0 : 1)
                .longs(256, width)
                .longs(257, height)
                .shorts(258, bits)
                .shorts(274, 1)
                .shorts(277, options.samples())
                .shorts(284, 1)
                .text(305, "slidefield")
                .shorts(322, tile)
                .shorts(323, tile)
                .offsets(324, offsets)
                .longs(325, lengths);
        OptionalDouble mpp = options.mpp();
        if (mpp.isPresent()) {
            double micrometresPerCentimetre = 10_000;
            directory
                    .rational(282, micrometresPerCentimetre / (mpp.getAsDouble() * finest.width / width))
                    .rational(283, micrometresPerCentimetre / (mpp.getAsDouble() * finest.height / height))
                    .shorts(296, 3);
        }
        if (index == 0) {
            directory.text(270, "slidefield pyramidal TIFF" + (mpp.isPresent() ? "; mpp = " + mpp.getAsDouble() : ""));
        }
        codec.describe(directory);
        return directory;
    }
}
