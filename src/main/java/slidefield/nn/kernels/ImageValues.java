package slidefield.nn.kernels;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The values of a dense image, read and written as float32 whatever their type is. */
interface ImageValues {
    /** Reads values from the at-th on. */
    void get(int at, float[] into, int offset, int count);

    /** Writes values from the at-th on, rounded to the image's type. */
    void put(int at, float[] from, int offset, int count);

    /** The values of a float32 or bf16 array, from its first one; null for null. */
    static ImageValues of(INDArray array) {
        if (array == null) {
            return null;
        }
        return array.dataType() == DataType.BFLOAT16
                ? new OfBfloat16(Pieces.shorts(array))
                : new OfFloats(Pieces.floats(array));
    }

    /** Values that need no rounding. */
    record OfFloats(FloatBuffer values) implements ImageValues {
        @Override
        public void get(int at, float[] into, int offset, int count) {
            values.get(at, into, offset, count);
        }

        @Override
        public void put(int at, float[] from, int offset, int count) {
            values.put(at, from, offset, count);
        }
    }

    /** Values of 16 bits, brought over in pieces that stay in the nearest cache. */
    record OfBfloat16(ShortBuffer bits) implements ImageValues {
        private static final int PIECE = 1024;
        private static final ThreadLocal<short[]> WORK = ThreadLocal.withInitial(() -> new short[PIECE]);

        @Override
        public void get(int at, float[] into, int offset, int count) {
            short[] work = WORK.get();
            for (int done = 0; done < count; done += PIECE) {
                int n = Math.min(PIECE, count - done);
                bits.get(at + done, work, 0, n);
                for (int i = 0; i < n; i++) {
                    into[offset + done + i] = Bfloat16.decode(work[i]);
                }
            }
        }

        @Override
        public void put(int at, float[] from, int offset, int count) {
            short[] work = WORK.get();
            for (int done = 0; done < count; done += PIECE) {
                int n = Math.min(PIECE, count - done);
                for (int i = 0; i < n; i++) {
                    work[i] = Bfloat16.encode(from[offset + done + i]);
                }
                bits.put(at + done, work, 0, n);
            }
        }
    }
}
