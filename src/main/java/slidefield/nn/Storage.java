package slidefield.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Where large arrays that training changes live: in memory, or in a file ({@link MappedStorage}). */
@FunctionalInterface
public interface Storage {
    /** The memory of the arrays' backend. */
    Storage MEMORY =
            (type, shape) -> Nd4j.createUninitializedDetached(type, 'c', shape).assign(0);

    /**
     * @param type of the elements
     * @param shape any
     * @return a new array of zeros, row-major and dense
     */
    INDArray zeros(DataType type, long... shape);

    /**
     * @param other any
     * @return a new array of zeros in that type and shape
     */
    default INDArray zerosLike(INDArray other) {
        return zeros(other.dataType(), other.shape());
    }
}
