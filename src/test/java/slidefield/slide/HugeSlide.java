package slidefield.slide;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/**
 * A pyramidal TIFF of any size in a file of about a megabyte: all its tiles are one of two, glass, or tissue in the disc
 * whose diameter is half of the slide's side.
 */
public final class HugeSlide {
    private static final int TILE = 256;
    private static final int SMALLEST_LEVEL = 1024;

    private HugeSlide() {}

    /** The red of a tissue pixel, 0 to 255; green and blue are 120 and 170. */
    public static int red(int x, int y) {
        return 150 + (x % TILE * 7 + y % TILE * 13) % 64;
    }

    /**
     * Writes the slide.
     *
     * @param file the TIFF
     * @param side width and height in pixels
     * @param mpp micrometres per pixel
     * @return the file
     */
    public static Path write(Path file, int side, double mpp) throws IOException {
        byte[] glass = tile(false);
        byte[] tissue = tile(true);
        long glassAt = TiffDirectory.HEADER;
        long tissueAt = glassAt + (glass.length + 7) / 8 * 8;
        long start = tissueAt + (tissue.length + 7) / 8 * 8;
        List<TiffDirectory> levels = new ArrayList<>();
        for (int size = side; levels.isEmpty() || size >= SMALLEST_LEVEL / 2; size /= 4) {
            int columns = (size + TILE - 1) / TILE;
            long[] offsets = new long[columns * columns];
            long[] lengths = new long[columns * columns];
            for (int i = 0; i < offsets.length; i++) {
                double x = (i % columns + 0.5) / columns - 0.5;
                double y = (i / columns + 0.5) / columns - 0.5;
                boolean inside = x * x + y * y < 1.0 / 16;
                offsets[i] = inside ? tissueAt : glassAt;
                lengths[i] = inside ? tissue.length : glass.length;
            }
            levels.add(directory(levels.isEmpty(), size, mpp * side / size, offsets, lengths));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(TiffDirectory.header(start, false));
        out.write(new byte[(int) (glassAt - out.size())]);
        out.write(glass);
        out.write(new byte[(int) (tissueAt - out.size())]);
        out.write(tissue);
        out.write(new byte[(int) (start - out.size())]);
        for (int i = 0; i < levels.size(); i++) {
            out.write(levels.get(i).encode(out.size(), false, i == levels.size() - 1));
        }
        return Files.write(file, out.toByteArray());
    }

    private static byte[] tile(boolean tissue) throws IOException {
        byte[] pixels = new byte[TILE * TILE * 3];
        for (int i = 0; i < TILE * TILE; i++) {
            pixels[3 * i] = (byte) (tissue ? red(i % TILE, i / TILE) : 245);
            pixels[3 * i + 1] = (byte) (tissue ? 120 : 245);
            pixels[3 * i + 2] = (byte) (tissue ? 170 : 245);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(pixels);
        }
        return out.toByteArray();
    }

    private static TiffDirectory directory(boolean finest, int size, double mpp, long[] offsets, long[] lengths) {
        return new TiffDirectory()
                .longs(254, finest ? 0 : 1)
                .longs(256, size)
                .longs(257, size)
                .shorts(258, 8, 8, 8)
                .shorts(259, 8)
                .shorts(262, 2)
                .shorts(274, 1)
                .shorts(277, 3)
                .rational(282, 10_000 / mpp)
                .rational(283, 10_000 / mpp)
                .shorts(284, 1)
                .shorts(296, 3)
                .shorts(322, TILE)
                .shorts(323, TILE)
                .offsets(324, offsets)
                .longs(325, lengths);
    }
}
