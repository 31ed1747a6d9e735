package slidefield.nic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleConsumer;
import slidefield.io.InputException;
import slidefield.nn.kernels.Parallel;

/**
 * Encodes the patches of a regular grid (Tellez et al. 2019, section 3.1): patch (i, j) begins at pixel (S j, S i), and there are
 * ceil(height / S) x ceil(width / S) of them, so that nothing is lost at the edges; what reaches over an edge is background there.
 *
 * <p>Works through bands of grid rows from the top, and through each band in blocks of about a thousand pixels a side: the memory
 * taken depends on the width of the grid, not on its height. The bits do not depend on where one begins, nor on the number of
 * threads that read.
 *
 * <p>Not thread-safe, as its encoder is not.
 */
public final class GridEncoding {
    /** Pixels along a side that are read at once, about. */
    private static final int BLOCK = 1024;

    private static final int MOST_PATCHES = 16;

    /** Blocks that are read side by side; fixed, because it decides which patches are encoded together. */
    private static final int TOGETHER = 4;

    private final PixelPlane plane;
    private final PatchEncoder encoder;
    private final int stride;
    private final int perBlock;

    /**
     * @param plane where patches are cut from
     * @param encoder of its colours
     * @param stride S, pixels from one patch to the next
     * @throws InputException if the encoder is one for other colours
     * @throws IllegalArgumentException if the stride is not positive
     */
    public GridEncoding(PixelPlane plane, PatchEncoder encoder, int stride) {
        if (stride < 1) {
            throw new IllegalArgumentException("stride must be at least 1, got " + stride);
        }
        if (plane.colours() != encoder.colours()) {
            throw new InputException("the encoder " + encoder.name() + " reads pixels of " + encoder.colours()
                    + " colours, those of " + plane.name() + " have " + plane.colours());
        }
        this.plane = plane;
        this.encoder = encoder;
        this.stride = stride;
        this.perBlock = Math.min(MOST_PATCHES, Math.max(0, BLOCK - encoder.patch()) / stride + 1);
        if ((long) perBlock * columns() * encoder.code() > Integer.MAX_VALUE / 4) {
            throw new InputException(plane.name() + ": " + columns() + " patches side by side, each a code of "
                    + encoder.code() + " values, are too many; take a larger stride");
        }
    }

    /** Takes what was encoded of a band. */
    interface Sink {
        /**
         * @param band its number
         * @param codes per orientation that was asked for the codes of the band's patches, rows x columns x C at the places of
         *     the plane as it lies; the arrays are used again
         */
        void band(int band, List<float[]> codes);
    }

    /** Rows of the grid. */
    public int rows() {
        return Math.floorDiv(plane.height() - 1, stride) + 1;
    }

    /** Columns of the grid. */
    public int columns() {
        return Math.floorDiv(plane.width() - 1, stride) + 1;
    }

    /** Rows of a band; the last one may have fewer. */
    int bandRows() {
        return perBlock;
    }

    /** Number of bands. */
    int bands() {
        return Math.floorDiv(rows() - 1, perBlock) + 1;
    }

    /** Rows of that band. */
    int rowsOf(int band) {
        return Math.min(perBlock, rows() - band * perBlock);
    }

    /**
     * Encodes all patches at once, for grids that fit into memory.
     *
     * @param orientation of the result
     * @return codes, rearranged
     * @throws InputException if the grid is too large to be held at once
     */
    public CodeGrid grid(GridOrientation orientation) {
        long length = (long) rows() * columns() * encoder.code();
        if (length > Integer.MAX_VALUE - 8) {
            throw new InputException(plane.name() + ": a grid of " + rows() + " x " + columns() + " codes of "
                    + encoder.code() + " values cannot be held at once; take a larger stride");
        }
        float[] all = new float[(int) length];
        int row = columns() * encoder.code();
        encode(0, List.of(orientation), fraction -> {}, (band, codes) -> {
            System.arraycopy(codes.get(0), 0, all, band * perBlock * row, rowsOf(band) * row);
        });
        return orientation.apply(new CodeGrid(rows(), columns(), encoder.code(), all));
    }

    /**
     * Encodes bands.
     *
     * @param first band; those before it are left out
     * @param orientations wanted
     * @param progress told which fraction of the grid is done
     * @throws CancellationException if the thread was interrupted
     */
    void encode(int first, List<GridOrientation> orientations, DoubleConsumer progress, Sink sink) {
        List<float[]> codes = new ArrayList<>();
        int length = perBlock * columns() * encoder.code();
        orientations.forEach(orientation -> codes.add(new float[length]));
        for (int band = first; band < bands(); band++) {
            codes.forEach(values -> Arrays.fill(values, 0));
            int step = perBlock * TOGETHER;
            for (int column = 0; column < columns(); column += step) {
                if (Thread.interrupted()) {
                    throw new CancellationException("stopped while encoding " + plane.name());
                }
                encode(band, column, Math.min(columns(), column + step), orientations, codes);
                progress.accept((band + Math.min(1.0, (double) (column + step) / columns())) / bands());
            }
            sink.band(band, codes);
        }
    }

    /** A patch and its place in the band's arrays. */
    private record Cut(int place, float[] patch) {}

    /** Encodes the patches of some columns of a band. */
    private void encode(int band, int from, int to, List<GridOrientation> orientations, List<float[]> codes) {
        List<List<Cut>> blocks = new ArrayList<>();
        for (int column = from; column < to; column += perBlock) {
            blocks.add(new ArrayList<>());
        }
        Parallel.forEach(blocks.size(), block -> {
            int start = from + block * perBlock;
            cut(band, start, Math.min(to, start + perBlock), blocks.get(block));
        });
        List<Cut> cuts = blocks.stream().flatMap(List::stream).toList();
        for (int start = 0; start < cuts.size(); start += NetworkEncoder.BATCH) {
            List<Cut> batch = cuts.subList(start, Math.min(cuts.size(), start + NetworkEncoder.BATCH));
            for (int k = 0; k < codes.size(); k++) {
                encode(batch, orientations.get(k), codes.get(k));
            }
        }
    }

    private void encode(List<Cut> batch, GridOrientation orientation, float[] into) {
        int side = encoder.patch();
        int length = side * side * encoder.colours();
        float[] patches = new float[batch.size() * length];
        for (int i = 0; i < batch.size(); i++) {
            float[] patch = orientation.apply(batch.get(i).patch(), side, side, encoder.colours());
            System.arraycopy(patch, 0, patches, i * length, length);
        }
        float[] codes = encoder.encode(patches);
        for (int i = 0; i < batch.size(); i++) {
            System.arraycopy(codes, i * encoder.code(), into, batch.get(i).place() * encoder.code(), encoder.code());
        }
    }

    /** Cuts the patches of one block that are to be encoded. */
    private void cut(int band, int from, int to, List<Cut> into) {
        int side = encoder.patch();
        int colours = encoder.colours();
        boolean[] may = new boolean[rowsOf(band) * (to - from)];
        boolean any = false;
        for (int i = 0; i < may.length; i++) {
            int row = band * perBlock + i / (to - from);
            may[i] = plane.mayHold((from + i % (to - from)) * stride, row * stride, side);
            any |= may[i];
        }
        if (!any) {
            return;
        }
        int width = (to - from - 1) * stride + side;
        int height = (rowsOf(band) - 1) * stride + side;
        float[] region = new float[Math.multiplyExact(Math.multiplyExact(width, height), colours)];
        plane.read(from * stride, band * perBlock * stride, width, height, region);
        for (int i = 0; i < may.length; i++) {
            if (may[i]) {
                int row = i / (to - from);
                int column = i % (to - from);
                float[] patch = new float[side * side * colours];
                for (int y = 0; y < side; y++) {
                    int at = ((row * stride + y) * width + column * stride) * colours;
                    System.arraycopy(region, at, patch, y * side * colours, side * colours);
                }
                if (plane.holds(patch)) {
                    into.add(new Cut(row * columns() + from + column, patch));
                }
            }
        }
    }
}
