package slidefield.nn.kernels;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights of a Winograd convolution at the interpolation points, and their gradient on its way back. */
final class WinogradFilter {
    private static final int IN = WinogradTransform.IN;
    private static final int TAPS = 3;
    private static final int POINTS = WinogradProduct.POINTS;
    private static final int PIECE = 4096;

    private final OneDnnLibrary library;
    private final int in;
    private final int out;
    private final int size;
    private final HostBuffer plain;
    private Packed forward;
    private Packed backward;
    private HostBuffer[] sums;

    WinogradFilter(OneDnnLibrary library, int in, int out) {
        this.library = library;
        this.in = in;
        this.out = out;
        this.size = in * out;
        plain = new HostBuffer(library, (long) POINTS * size * Float.BYTES);
    }

    /** The points' weights in the order of the products of a forward pass; says where they are. */
    long forward(INDArray w, dnnl_memory_desc order) {
        if (forward == null) {
            forward = new Packed(library.describe(DataType.FLOAT, dnnl_abc, POINTS, in, out), order, false);
        }
        return forward.kept.read(w);
    }

    /** The same for the gradient of the input: turned by 180 degrees, input and output exchanged. */
    long backward(INDArray w, dnnl_memory_desc order) {
        if (backward == null) {
            backward = new Packed(library.describe(DataType.FLOAT, dnnl_acb, POINTS, out, in), order, true);
        }
        return backward.kept.read(w);
    }

    private void transform(FloatBuffer w, boolean turned) {
        FloatBuffer u = plain.floats();
        int pieces = (size + PIECE - 1) / PIECE;
        Parallel.forEach(pieces, piece -> {
            int from = piece * PIECE;
            int n = Math.min(PIECE, size - from);
            float[][][] half = new float[TAPS][IN][n];
            float[][] taps = new float[TAPS][n];
            for (int s = 0; s < TAPS; s++) {
                for (int r = 0; r < TAPS; r++) {
                    int tap = r * TAPS + s;
                    w.get((turned ? TAPS * TAPS - 1 - tap : tap) * size + from, taps[r], 0, n);
                }
                WinogradTransform.filter(taps, half[s], n);
            }
            float[][] row = new float[TAPS][];
            float[][] points = new float[IN][n];
            for (int r = 0; r < IN; r++) {
                for (int s = 0; s < TAPS; s++) {
                    row[s] = half[s][r];
                }
                WinogradTransform.filter(row, points, n);
                for (int s = 0; s < IN; s++) {
                    u.put((r * IN + s) * size + from, points[s], 0, n);
                }
            }
        });
    }

    /** One sum per worker, to be zeroed by its own worker; says where they are. */
    long[] beginGradient(int workers) {
        if (sums == null) {
            sums = new HostBuffer[workers];
            for (int i = 0; i < workers; i++) {
                sums[i] = new HostBuffer(library, (long) POINTS * size * Float.BYTES);
            }
        }
        return Arrays.stream(sums).mapToLong(HostBuffer::address).toArray();
    }

    void zeroSum(int worker) {
        float[] zeros = new float[PIECE];
        FloatBuffer sum = sums[worker].floats();
        int length = POINTS * size;
        for (int at = 0; at < length; at += PIECE) {
            sum.put(at, zeros, 0, Math.min(PIECE, length - at));
        }
    }

    /** Adds the workers' sums in their order and brings them back to taps. */
    void endGradient(INDArray gw) {
        FloatBuffer w = Pieces.floats(gw);
        int pieces = (size + PIECE - 1) / PIECE;
        Parallel.forEach(pieces, piece -> {
            int from = piece * PIECE;
            int n = Math.min(PIECE, size - from);
            float[][][] half = new float[IN][TAPS][n];
            float[][] points = new float[IN][n];
            float[] more = new float[n];
            for (int r = 0; r < IN; r++) {
                for (int s = 0; s < IN; s++) {
                    int at = (r * IN + s) * size + from;
                    sums[0].floats().get(at, points[s], 0, n);
                    for (int k = 1; k < sums.length; k++) {
                        sums[k].floats().get(at, more, 0, n);
                        WinogradTransform.add(more, points[s], n);
                    }
                }
                WinogradTransform.filterGradient(points, half[r], n);
            }
            float[][] column = new float[IN][];
            float[][] taps = new float[TAPS][n];
            for (int s = 0; s < TAPS; s++) {
                for (int r = 0; r < IN; r++) {
                    column[r] = half[r][s];
                }
                WinogradTransform.filterGradient(column, taps, n);
                for (int r = 0; r < TAPS; r++) {
                    w.put((r * TAPS + s) * size + from, taps[r], 0, n);
                }
            }
        });
    }

    /** The points' weights in the order that a primitive likes, kept while the weights are the same. */
    private final class Packed {
        private final OneDnnCall reorder;
        private final KeptWeights kept;

        Packed(dnnl_memory_desc from, dnnl_memory_desc to, boolean turned) {
            OneDnnCall[] made = new OneDnnCall[1];
            alone(() -> made[0] = OneDnnCall.reorder(library, from, to));
            reorder = made[0];
            long own = (long) TAPS * TAPS * size * Float.BYTES;
            kept = new KeptWeights(library, own, dnnl_memory_desc_get_size(to), (w, into) -> {
                transform(Pieces.floats(w), turned);
                alone(() -> reorder.run(plain.address(), into));
            });
        }

        /** Waking a second thread takes longer than packing a small filter. */
        private void alone(Runnable work) {
            if (size <= PIECE) {
                OpenMp.onThisThreadOnly(work);
            } else {
                work.run();
            }
        }
    }
}
