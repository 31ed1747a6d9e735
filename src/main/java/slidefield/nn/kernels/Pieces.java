package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Loops of our own over the values of an array, in pieces on all threads. Each value is computed by itself. */
final class Pieces {
    private static final int COUNT = 16;
    private static final int WORTH_A_THREAD = 1 << 14;

    private Pieces() {}

    /** One piece of a loop. */
    interface Piece {
        void run(int start, int end);
    }

    /** Runs a loop from 0 to length. */
    static void run(int length, Piece piece) {
        if (length < 2 * WORTH_A_THREAD) {
            piece.run(0, length);
            return;
        }
        int size = (length + COUNT - 1) / COUNT;
        Parallel.forEach(COUNT, k -> piece.run(Math.min(length, k * size), Math.min(length, (k + 1) * size)));
    }

    /** The values of a dense float32 array, from its first one. */
    static FloatBuffer floats(INDArray array) {
        // a pointer of its own, because setting the capacity changes it
        return new FloatPointer(array.data().addressPointer())
                .capacity(array.length())
                .asBuffer();
    }

    /** The bits of a dense bf16 array, from its first value. */
    static ShortBuffer shorts(INDArray array) {
        return new ShortPointer(array.data().addressPointer())
                .capacity(array.length())
                .asBuffer();
    }
}
