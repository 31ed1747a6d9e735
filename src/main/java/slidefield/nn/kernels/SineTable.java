package slidefield.nn.kernels;

import java.nio.ShortBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * sin(omega x) and its derivative in bf16, looked up: bf16 has 65,536 values, so a table of 128 KB holds the correctly
 * rounded result of each, and the few thousand that a network meets stay in the first-level cache. As fast as the
 * polynomial in float32, {@link SineLoop}.
 */
final class SineTable {
    /** sin(omega x) by the bits of x. */
    private final short[] sine = new short[Bfloat16.VALUES];
    /** omega cos(omega x) by the bits of x. */
    private final short[] slope = new short[Bfloat16.VALUES];

    SineTable(double omega) {
        for (int bits = 0; bits < Bfloat16.VALUES; bits++) {
            double angle = omega * Bfloat16.decode(bits);
            sine[bits] = Bfloat16.encode((float) Math.sin(angle));
            slope[bits] = Bfloat16.encode((float) (omega * Math.cos(angle)));
        }
    }

    /** y = sin(omega x); y may be x. */
    void sine(INDArray x, INDArray y) {
        look(sine, x, y);
    }

    /** slopes = omega cos(omega x); slopes may be x. */
    void slope(INDArray x, INDArray slopes) {
        look(slope, x, slopes);
    }

    private static void look(short[] table, INDArray x, INDArray y) {
        ShortBuffer from = Pieces.shorts(x);
        ShortBuffer to = Pieces.shorts(y);
        Pieces.run(from.capacity(), (start, end) -> {
            for (int i = start; i < end; i++) {
                to.put(i, table[from.get(i) & 0xffff]);
            }
        });
    }
}
