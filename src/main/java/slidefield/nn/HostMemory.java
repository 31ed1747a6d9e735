package slidefield.nn;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays that lie in the processor's own memory, where plain loops can work on them. */
public final class HostMemory {
    /** Whether the backend's arrays do. */
    private static final boolean AVAILABLE =
            !Nd4j.getBackend().getClass().getSimpleName().contains("Cuda")
                    && !Nd4j.getBackend().getClass().getSimpleName().contains("Jcublas");

    private HostMemory() {}

    /**
     * @param array any
     * @return whether {@link #floats} works on it: float32, row-major, in the processor's memory, under 2^31 elements
     */
    public static boolean holds(INDArray array) {
        return AVAILABLE
                && array.dataType() == DataType.FLOAT
                && array.length() <= Integer.MAX_VALUE
                && Tape.isDense(array);
    }

    /**
     * @param array one that this memory {@link #holds}
     * @return its elements in row-major order, to read and to write
     */
    public static FloatBuffer floats(INDArray array) {
        FloatBuffer whole = array.data().asNioFloat();
        long offset = array.offset();
        return offset == 0 && whole.capacity() == array.length()
                ? whole
                : whole.slice(Math.toIntExact(offset), Math.toIntExact(array.length()));
    }
}
