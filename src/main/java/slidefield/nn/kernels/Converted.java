package slidefield.nn.kernels;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays of one call in float32; closing it rounds the results and gives the memory back. */
final class Converted implements AutoCloseable {
    private final ArrayPool scratch;
    private final List<INDArray> copies = new ArrayList<>();
    private final List<Runnable> results = new ArrayList<>();

    Converted(ArrayPool scratch) {
        this.scratch = scratch;
    }

    INDArray in(INDArray array) {
        return array == null || array.dataType() == DataType.FLOAT ? array : copy(array);
    }

    private INDArray copy(INDArray array) {
        INDArray copy = scratch.take(array.shape());
        copies.add(copy);
        return copy.assign(array);
    }

    /** An output; what it held is kept, so that an array may be written in part. */
    INDArray out(INDArray array) {
        INDArray copy = in(array);
        if (copy != array) {
            results.add(() -> array.assign(copy));
        }
        return copy;
    }

    /** Weights, in the precision of the image that they meet. */
    INDArray weights(INDArray w, INDArray image) {
        if (image.dataType() == DataType.FLOAT) {
            return w;
        }
        INDArray copy = scratch.take(w.shape());
        copies.add(copy);
        try (INDArray rounded = w.castTo(image.dataType())) {
            return copy.assign(rounded);
        }
    }

    @Override
    public void close() {
        results.forEach(Runnable::run);
        copies.forEach(scratch::give);
    }
}
