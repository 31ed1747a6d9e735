package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rows of a float32 matrix copied by index, and their gradients summed. The sums go row of x by row of x, each in the
 * order of its copies, so that the threads share nothing and the bits do not depend on their number.
 */
final class GatherLoop {
    private static final int PIECES = 32;

    private GatherLoop() {}

    /** y[i] = x[rows[i]]. */
    static void forward(INDArray x, int[] rows, INDArray y) {
        int columns = (int) x.size(1);
        FloatBuffer from = Pieces.floats(x);
        FloatBuffer to = Pieces.floats(y);
        divide(rows.length, (first, end) -> {
            float[] row = new float[columns];
            for (int i = first; i < end; i++) {
                from.get(rows[i] * columns, row);
                to.put(i * columns, row);
            }
        });
    }

    /** gx[r] = sum of the gy[i] with rows[i] = r. */
    static void gradient(int[] rows, INDArray gy, INDArray gx) {
        int columns = (int) gx.size(1);
        int count = (int) gx.size(0);
        int[] start = new int[count + 1];
        int[] copies = sorted(rows, start);
        FloatBuffer from = Pieces.floats(gy);
        FloatBuffer to = Pieces.floats(gx);
        divide(count, (first, end) -> {
            float[] row = new float[columns];
            float[] sum = new float[columns];
            for (int r = first; r < end; r++) {
                Arrays.fill(sum, 0);
                for (int k = start[r]; k < start[r + 1]; k++) {
                    from.get(copies[k] * columns, row);
                    add(row, sum);
                }
                to.put(r * columns, sum);
            }
        });
    }

    /** A loop over some of the rows. */
    interface Rows {
        void run(int first, int end);
    }

    /** Runs a loop over all rows, in pieces on all threads. */
    static void divide(int length, Rows work) {
        Parallel.forEach(PIECES, piece -> work.run(first(piece, length), first(piece + 1, length)));
    }

    /** The places of each row's copies one after the other, ascending; row r's begin at start[r]. */
    static int[] sorted(int[] rows, int[] start) {
        for (int row : rows) {
            start[row + 1]++;
        }
        for (int r = 1; r < start.length; r++) {
            start[r] += start[r - 1];
        }
        int[] next = start.clone();
        int[] copies = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            copies[next[rows[i]]++] = i;
        }
        return copies;
    }

    private static void add(float[] row, float[] sum) {
        for (int c = 0; c < sum.length; c++) {
            sum[c] += row[c];
        }
    }

    private static int first(int piece, int length) {
        return (int) ((long) piece * length / PIECES);
    }
}
