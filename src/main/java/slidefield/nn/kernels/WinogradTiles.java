package slidefield.nn.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How images are cut into tiles of 4 x 4 results. A dilated convolution is as many plain ones as it has phases
 * (pixels that are a whole number of dilations apart), so a tile's pixels all belong to one phase. The tiles over
 * the same image lines, phase after phase, are cut into strips of equal length; row k of a strip holds pixel k of
 * every tile, tile after tile, all channels together.
 */
final class WinogradTiles {
    private static final int OUT = WinogradTransform.OUT;
    private static final int IN = WinogradTransform.IN;
    private static final int OUTSIDE = -1;

    /**
     * Neighbouring tiles.
     *
     * @param image which of the N
     * @param phase of its lines: the first of them
     * @param row which line of tiles in the phase
     * @param piece which part of that line
     */
    record Strip(int image, int phase, int row, int piece) {
        /** Whether this strip lies directly under the other one. */
        boolean follows(Strip above) {
            return above != null && new Strip(image, phase, row - 1, piece).equals(above);
        }
    }

    /** Which columns of the image the tiles of one part of a line see. */
    private static final class Piece {
        /** Image column of pixel k of tile t, from the one left of the results on, or OUTSIDE. */
        private final int[][] column;
        /** Whether tile t + 1 is the next one of the same phase, so that it begins with the pixels after tile t. */
        private final boolean[] continued;

        private int first = Integer.MAX_VALUE;
        private int end;
        private boolean whole;

        Piece(int tiles) {
            column = new int[IN][tiles];
            continued = new boolean[tiles];
            for (int[] row : column) {
                Arrays.fill(row, OUTSIDE);
            }
        }

        void tile(int t, int start, int dilation, int width) {
            for (int k = 0; k < IN; k++) {
                int x = start + (k - 1) * dilation;
                if (x >= 0 && x < width) {
                    column[k][t] = x;
                    first = Math.min(first, x);
                    end = Math.max(end, x + 1);
                }
            }
        }
    }

    private final int height;
    private final int width;
    private final int dilation;
    private final int tiles;
    private final Piece[] pieces;
    private final List<Strip> strips = new ArrayList<>();

    /**
     * @param images N
     * @param height of each, in pixels
     * @param width of each, in pixels
     * @param dilation pixels between taps
     * @param mostTiles the longest strip wanted, in tiles
     */
    WinogradTiles(int images, int height, int width, int dilation, int mostTiles) {
        this.height = height;
        this.width = width;
        this.dilation = dilation;
        int[] starts = starts();
        int parts = (starts.length + mostTiles - 1) / mostTiles;
        this.tiles = (starts.length + parts - 1) / parts;
        this.pieces = new Piece[parts];
        for (int i = 0; i < parts; i++) {
            pieces[i] = piece(starts, i * tiles);
        }
        for (int image = 0; image < images; image++) {
            for (int phase = 0; phase < Math.min(dilation, height); phase++) {
                addPhase(image, phase);
            }
        }
    }

    /** The first result's column of every tile in a line. */
    private int[] starts() {
        List<Integer> starts = new ArrayList<>();
        for (int phase = 0; phase < Math.min(dilation, width); phase++) {
            for (int x = phase; x < width; x += OUT * dilation) {
                starts.add(x);
            }
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private Piece piece(int[] starts, int from) {
        Piece piece = new Piece(tiles);
        int last = Math.min(starts.length, from + tiles);
        for (int i = from; i < last; i++) {
            piece.tile(i - from, starts[i], dilation, width);
            piece.continued[i - from] = i + 1 < last && starts[i + 1] == starts[i] + OUT * dilation;
        }
        // Without holes between its results a piece can be written in one go.
        piece.whole = dilation == 1 || last - from == starts.length;
        return piece;
    }

    private void addPhase(int image, int phase) {
        int lines = (height - phase + dilation - 1) / dilation;
        int rows = (lines + OUT - 1) / OUT;
        for (int piece = 0; piece < pieces.length; piece++) {
            for (int row = 0; row < rows; row++) {
                strips.add(new Strip(image, phase, row, piece));
            }
        }
    }

    /** Tiles of every strip; those that the last ones have too many see zeros only. */
    int tiles() {
        return tiles;
    }

    /** Pixels of an image line. */
    int width() {
        return width;
    }

    /** All strips, those of one column from top to bottom. */
    List<Strip> strips() {
        return strips;
    }

    /** Whether a line of the strip's phase lies in the image. */
    boolean inside(Strip strip, int line) {
        return line >= 0 && strip.phase() + line * dilation < height;
    }

    /**
     * Reads one line of a strip.
     *
     * @param image N x H x W x C
     * @param channels C
     * @param line counted in the strip's phase; zeros are read outside the image
     * @param work at least W x C values
     * @param rows receives six rows of tiles x C from the pixel left of the results on, or four of the results
     */
    void read(ImageValues image, int channels, Strip strip, int line, float[] work, float[][] rows) {
        int n = tiles * channels;
        if (!inside(strip, line)) {
            for (float[] row : rows) {
                Arrays.fill(row, 0, n, 0f);
            }
            return;
        }
        Piece piece = pieces[strip.piece()];
        int first = piece.first * channels;
        image.get(start(strip, line) * channels + first, work, 0, piece.end * channels - first);
        int skipped = (IN - rows.length) / 2;
        for (int k = 0; k < rows.length; k++) {
            int[] column = piece.column[k + skipped];
            boolean shifted = k >= OUT;
            if (shifted) {
                System.arraycopy(rows[k - OUT], channels, rows[k], 0, n - channels);
            }
            for (int t = 0; t < tiles; t++) {
                if (column[t] == OUTSIDE) {
                    Arrays.fill(rows[k], t * channels, (t + 1) * channels, 0f);
                } else if (!shifted || !piece.continued[t]) {
                    System.arraycopy(work, column[t] * channels - first, rows[k], t * channels, channels);
                }
            }
        }
    }

    /**
     * Writes one line of results; what lies outside the image is dropped.
     *
     * @param rows four rows of tiles x C
     * @param line inside the image, counted in the strip's phase
     * @param channels C
     * @param work at least W x C values
     * @param image N x H x W x C
     */
    void write(float[][] rows, Strip strip, int line, int channels, float[] work, ImageValues image) {
        Piece piece = pieces[strip.piece()];
        int start = start(strip, line) * channels;
        int first = Integer.MAX_VALUE;
        int end = 0;
        for (int k = 0; k < OUT; k++) {
            int[] column = piece.column[k + 1];
            for (int t = 0; t < tiles; t++) {
                int at = column[t] * channels;
                if (column[t] == OUTSIDE) {
                    continue;
                }
                if (piece.whole) {
                    System.arraycopy(rows[k], t * channels, work, at, channels);
                    first = Math.min(first, at);
                    end = Math.max(end, at + channels);
                } else {
                    image.put(start + at, rows[k], t * channels, channels);
                }
            }
        }
        if (piece.whole) {
            image.put(start + first, work, first, end - first);
        }
    }

    private int start(Strip strip, int line) {
        return (strip.image() * height + strip.phase() + line * dilation) * width;
    }
}
