package slidefield.nn.kernels;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays by type and shape, used again and again: a fresh array of 4 MB costs about 2 ms of page faults, and one that is
 * dropped without {@code close()} stays off the heap until the collector finds it. Not thread safe.
 */
public final class ArrayPool implements AutoCloseable {
    /** How ND4J's exception begins when an array finds no room; it is no {@link OutOfMemoryError}. */
    private static final String NO_ROOM = "Allocation failed";

    private final DataType type;
    private final Map<Kind, Deque<INDArray>> free = new HashMap<>();
    private long bytes;

    /**
     * @param type of arrays that are asked for without one
     */
    public ArrayPool(DataType type) {
        this.type = type;
    }

    /**
     * @param shape any shape without a zero; no axis at all means a single value
     * @return an array of the pool's own type, as {@link #take(DataType, long...)}
     */
    public INDArray take(long... shape) {
        return take(type, shape);
    }

    /**
     * @param type of the array
     * @param shape any shape without a zero; no axis at all means a single value
     * @return an array with arbitrary content, row-major, the caller's until given back
     * @throws OutOfMemoryError that says what was asked for, if there is no room even without what is free here
     */
    public INDArray take(DataType type, long... shape) {
        Deque<INDArray> list = free.get(new Kind(type, shape));
        if (list != null && !list.isEmpty()) {
            return list.pop();
        }
        INDArray array;
        try {
            array = create(type, shape);
        } catch (OutOfMemoryError | RuntimeException full) {
            requireOutOfMemory(full);
            close();
            array = createInTheRoomLeft(type, shape);
        }
        bytes += array.length() * type.width();
        return array;
    }

    /**
     * @param array taken from here, not used by anybody any more
     */
    public void give(INDArray array) {
        free.computeIfAbsent(new Kind(array.dataType(), array.shape()), unused -> new ArrayDeque<>())
                .push(array);
    }

    /** @return bytes of all arrays taken from here that have not been closed, lent and free */
    public long bytes() {
        return bytes;
    }

    /** Frees every array that is not lent; the pool can be used again afterwards. */
    @Override
    public void close() {
        for (Deque<INDArray> list : free.values()) {
            for (INDArray array : list) {
                bytes -= array.length() * array.dataType().width();
                array.close();
            }
        }
        free.clear();
    }

    /**
     * Whether something failed because an array found no room.
     *
     * @param failure any
     * @return whether it is an {@link OutOfMemoryError}, or what ND4J throws instead
     */
    public static boolean isOutOfMemory(Throwable failure) {
        return failure instanceof OutOfMemoryError
                || failure instanceof RuntimeException
                        && String.valueOf(failure.getMessage()).startsWith(NO_ROOM);
    }

    private INDArray createInTheRoomLeft(DataType type, long[] shape) {
        try {
            return create(type, shape);
        } catch (OutOfMemoryError | RuntimeException full) {
            requireOutOfMemory(full);
            long wanted = Arrays.stream(shape).reduce(1, (a, b) -> a * b) * type.width();
            OutOfMemoryError said = new OutOfMemoryError("an array of " + Arrays.toString(shape) + ", " + (wanted >> 20)
                    + " MB, beside " + (bytes >> 20) + " MB of this computation: " + full.getMessage());
            said.initCause(full);
            throw said;
        }
    }

    /** Throws on whatever is no lack of memory. */
    private static void requireOutOfMemory(Throwable failure) {
        if (!isOutOfMemory(failure)) {
            throw (RuntimeException) failure;
        }
    }

    private static INDArray create(DataType type, long[] shape) {
        if (shape.length == 0) {
            return Nd4j.scalar(type, 0);
        }
        Nd4jRuntime.prepare();
        return Nd4j.createUninitializedDetached(type, 'c', shape);
    }

    private static final class Kind {
        private final DataType type;
        private final long[] shape;

        Kind(DataType type, long[] shape) {
            this.type = type;
            this.shape = shape.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Kind kind && type == kind.type && Arrays.equals(shape, kind.shape);
        }

        @Override
        public int hashCode() {
            return 31 * type.hashCode() + Arrays.hashCode(shape);
        }
    }
}
