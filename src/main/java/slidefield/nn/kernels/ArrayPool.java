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
 * Arrays by shape, used again and again: a fresh array of 4 MB costs about 2 ms of page faults, and one that is
 * dropped without {@code close()} stays off the heap until the collector finds it. Not thread safe.
 */
public final class ArrayPool implements AutoCloseable {
    private final DataType type;
    private final Map<Shape, Deque<INDArray>> free = new HashMap<>();
    private long bytes;

    /**
     * @param type of every array
     */
    public ArrayPool(DataType type) {
        this.type = type;
    }

    /**
     * @param shape any shape without a zero; no axis at all means a single value
     * @return an array with arbitrary content, row-major, the caller's until given back
     */
    public INDArray take(long... shape) {
        Deque<INDArray> list = free.get(new Shape(shape));
        if (list != null && !list.isEmpty()) {
            return list.pop();
        }
        INDArray array;
        try {
            array = create(shape);
        } catch (OutOfMemoryError full) {
            close();
            array = create(shape);
        }
        bytes += array.length() * type.width();
        return array;
    }

    /**
     * @param array taken from here, not used by anybody any more
     */
    public void give(INDArray array) {
        free.computeIfAbsent(new Shape(array.shape()), unused -> new ArrayDeque<>())
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
                bytes -= array.length() * type.width();
                array.close();
            }
        }
        free.clear();
    }

    private INDArray create(long[] shape) {
        if (shape.length == 0) {
            return Nd4j.scalar(type, 0);
        }
        return Nd4j.createUninitializedDetached(type, 'c', shape);
    }

    private static final class Shape {
        private final long[] sizes;

        Shape(long[] sizes) {
            this.sizes = sizes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(sizes);
        }
    }
}
