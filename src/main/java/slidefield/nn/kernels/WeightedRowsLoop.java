package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weighted sums of rows of a float32 matrix, and their gradients. Every sum is made by one thread in one order, as in
 * {@link GatherLoop}, so the bits do not depend on the number of threads.
 */
final class WeightedRowsLoop {
    private WeightedRowsLoop() {}

    /** y[i] = the sum of i's rows of x times their weights. */
    static void forward(INDArray x, WeightedRows how, INDArray y) {
        int columns = (int) x.size(1);
        FloatBuffer from = Pieces.floats(x);
        FloatBuffer to = Pieces.floats(y);
        GatherLoop.divide(how.results(), (first, end) -> {
            float[] row = new float[columns];
            float[] sum = new float[columns];
            for (int i = first; i < end; i++) {
                Arrays.fill(sum, 0);
                for (int k = i * how.count(); k < (i + 1) * how.count(); k++) {
                    addScaled(from, how.rows()[k], (float) how.weights()[k], row, sum);
                }
                to.put(i * columns, sum);
            }
        });
    }

    /** gx[r] = the sum of gy[i] times the weight that r has in i. */
    static void gradient(WeightedRows how, INDArray gy, INDArray gx) {
        int columns = (int) gx.size(1);
        int count = (int) gx.size(0);
        int[] start = new int[count + 1];
        int[] uses = GatherLoop.sorted(how.rows(), start);
        FloatBuffer from = Pieces.floats(gy);
        FloatBuffer to = Pieces.floats(gx);
        GatherLoop.divide(count, (first, end) -> {
            float[] row = new float[columns];
            float[] sum = new float[columns];
            for (int r = first; r < end; r++) {
                Arrays.fill(sum, 0);
                for (int k = start[r]; k < start[r + 1]; k++) {
                    addScaled(from, uses[k] / how.count(), (float) how.weights()[uses[k]], row, sum);
                }
                to.put(r * columns, sum);
            }
        });
    }

    private static void addScaled(FloatBuffer from, int at, float weight, float[] row, float[] sum) {
        if (weight != 0) {
            from.get(at * row.length, row);
            for (int c = 0; c < sum.length; c++) {
                sum[c] += weight * row[c];
            }
        }
    }
}
