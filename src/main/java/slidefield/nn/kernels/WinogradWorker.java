package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import java.util.Arrays;
import slidefield.nn.kernels.WinogradTiles.Strip;

/** One thread's share of Winograd convolutions: its work memory and the ways between images and points. */
final class WinogradWorker {
    private static final int IN = WinogradTransform.IN;
    private static final int OUT = WinogradTransform.OUT;

    private final OneDnnLibrary library = new OneDnnLibrary();
    /** The image lines under the present strip, transformed along x: line mod 6, point, tiles x channels. */
    private final float[][][] lines = new float[IN][IN][];

    private final int[] held = new int[IN];
    private final float[][] pixels = new float[IN][];
    private final float[][] points = new float[IN][];
    private final float[][] column = new float[IN][];
    /** Results along one axis: pixel, point, tiles x channels. */
    private final float[][][] partial = new float[OUT][IN][];

    private final float[][] results = new float[OUT][];
    private final float[][] extra = new float[OUT][];
    /** One image line. */
    private float[] work = new float[0];

    private HostBuffer left;
    private HostBuffer right;
    private Strip above;
    private int room;

    OneDnnLibrary library() {
        return library;
    }

    /** Makes sure that image lines and rows of so many values, and products of so many bytes on each side, fit. */
    void reserve(int lineLength, int row, long bytes) {
        if (lineLength > work.length) {
            work = new float[lineLength];
        }
        if (row > room) {
            room = row;
            for (float[][] line : lines) {
                fill(line);
            }
            for (float[][] part : partial) {
                fill(part);
            }
            fill(pixels);
            fill(points);
            fill(results);
            fill(extra);
        }
        left = grown(left, bytes);
        right = grown(right, bytes);
    }

    private void fill(float[][] rows) {
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[room];
        }
    }

    private HostBuffer grown(HostBuffer buffer, long bytes) {
        return buffer != null && buffer.floats().capacity() * (long) Float.BYTES >= bytes
                ? buffer
                : new HostBuffer(library, bytes);
    }

    /** Where the first factor of the products lies. */
    HostBuffer left() {
        return left;
    }

    /** Where the second factor, or the result, lies. */
    HostBuffer right() {
        return right;
    }

    /** Forgets the lines of the image before: to be called when an image begins. */
    void begin() {
        above = null;
    }

    /**
     * The points of one strip of an image.
     *
     * @param slot which strip of the group, of {@code slots}
     * @param into points x slots x tiles x channels
     */
    void image(
            ImageValues image, int channels, WinogradTiles tiles, Strip strip, int slot, int slots, FloatBuffer into) {
        int n = tiles.tiles() * channels;
        if (!strip.follows(above)) {
            Arrays.fill(held, Integer.MIN_VALUE);
        }
        above = strip;
        int first = OUT * strip.row() - 1;
        for (int k = 0; k < IN; k++) {
            int line = first + k;
            int at = Math.floorMod(line, IN);
            if (held[at] != line) {
                tiles.read(image, channels, strip, line, work, pixels);
                WinogradTransform.image(pixels, lines[at], n);
                held[at] = line;
            }
        }
        for (int s = 0; s < IN; s++) {
            for (int k = 0; k < IN; k++) {
                column[k] = lines[Math.floorMod(first + k, IN)][s];
            }
            WinogradTransform.image(column, points, n);
            put(s, slot, slots, n, into);
        }
    }

    private void put(int s, int slot, int slots, int n, FloatBuffer into) {
        for (int r = 0; r < IN; r++) {
            into.put(((r * IN + s) * slots + slot) * n, points[r], 0, n);
        }
    }

    /**
     * The points of one strip of a gradient, for the gradient of the weights.
     *
     * @param sums one value per tile and channel, to which the strip's pixels are added; or null
     */
    void gradient(
            ImageValues image,
            int channels,
            WinogradTiles tiles,
            Strip strip,
            int slot,
            int slots,
            FloatBuffer into,
            float[] sums) {
        int n = tiles.tiles() * channels;
        for (int i = 0; i < OUT; i++) {
            tiles.read(image, channels, strip, OUT * strip.row() + i, work, results);
            if (sums != null) {
                for (float[] row : results) {
                    WinogradTransform.add(row, sums, n);
                }
            }
            WinogradTransform.resultGradient(results, partial[i], n);
        }
        for (int s = 0; s < IN; s++) {
            for (int i = 0; i < OUT; i++) {
                column[i] = partial[i][s];
            }
            WinogradTransform.resultGradient(column, points, n);
            put(s, slot, slots, n, into);
        }
    }

    /**
     * The results of one strip.
     *
     * @param from points x slots x tiles x channels
     * @param bias one value per tile and channel, or null
     * @param addend an image, or null
     */
    void result(
            FloatBuffer from,
            int channels,
            WinogradTiles tiles,
            Strip strip,
            int slot,
            int slots,
            float[] bias,
            ImageValues addend,
            boolean relu,
            ImageValues image) {
        int n = tiles.tiles() * channels;
        for (int s = 0; s < IN; s++) {
            for (int r = 0; r < IN; r++) {
                from.get(((r * IN + s) * slots + slot) * n, points[r], 0, n);
            }
            for (int i = 0; i < OUT; i++) {
                column[i] = partial[i][s];
            }
            WinogradTransform.result(points, column, n);
        }
        for (int i = 0; i < OUT; i++) {
            int line = OUT * strip.row() + i;
            if (!tiles.inside(strip, line)) {
                return;
            }
            WinogradTransform.result(partial[i], results, n);
            if (addend != null) {
                tiles.read(addend, channels, strip, line, work, extra);
            }
            for (int k = 0; k < OUT; k++) {
                if (bias != null) {
                    WinogradTransform.add(bias, results[k], n);
                }
                if (addend != null) {
                    WinogradTransform.add(extra[k], results[k], n);
                }
                if (relu) {
                    relu(results[k], n);
                }
            }
            tiles.write(results, strip, line, channels, work, image);
        }
    }

    /** Zeroes a slot without a strip on both sides, so that it adds nothing. */
    void nothing(int leftRow, int rightRow, int slot, int slots) {
        for (float[] row : points) {
            Arrays.fill(row, 0, Math.max(leftRow, rightRow), 0f);
        }
        for (int s = 0; s < IN; s++) {
            put(s, slot, slots, leftRow, left.floats());
            put(s, slot, slots, rightRow, right.floats());
        }
    }

    private static void relu(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(x[i], 0f);
        }
    }

    /** Frees the work memory; the worker can be used again afterwards. */
    void clear() {
        left = null;
        right = null;
        library.clear();
    }
}
