package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** alpha x + beta y in float32, without the cost of three ND4J operations where it is but a few values. */
final class CombineLoop {
    private static final int CHUNK = 1024;

    private CombineLoop() {}

    /** out may be x or y. */
    static void combine(float alpha, INDArray x, float beta, INDArray y, INDArray out) {
        FloatBuffer left = Pieces.floats(x);
        FloatBuffer right = Pieces.floats(y);
        FloatBuffer to = Pieces.floats(out);
        Pieces.run(left.capacity(), (start, end) -> {
            float[] sum = new float[Math.min(CHUNK, end - start)];
            float[] more = new float[sum.length];
            for (int i = start; i < end; i += CHUNK) {
                int count = Math.min(CHUNK, end - i);
                left.get(i, sum, 0, count);
                right.get(i, more, 0, count);
                scale(sum, alpha, count);
                addScaled(sum, more, beta, count);
                to.put(i, sum, 0, count);
            }
        });
    }

    private static void scale(float[] x, float factor, int count) {
        for (int i = 0; i < count; i++) {
            x[i] *= factor;
        }
    }

    private static void addScaled(float[] sum, float[] x, float factor, int count) {
        for (int i = 0; i < count; i++) {
            sum[i] += factor * x[i];
        }
    }
}
