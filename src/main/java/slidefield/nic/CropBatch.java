package slidefield.nic;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.HostMemory;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** Crops as one array of a tape, filled crop by crop: a batch at the paper's size would take 1.3 GB of the heap. */
final class CropBatch {
    private final Tape tape;
    private final INDArray crops;

    /**
     * @param tape of the array
     * @param count N
     * @param options R and C
     */
    CropBatch(Tape tape, int count, SlideCnnOptions options) {
        this.tape = tape;
        crops = tape.allocate(count, options.crop(), options.crop(), options.code());
    }

    /**
     * @param number of the crop, from 0
     * @param values R x R x C
     */
    void put(int number, float[] values) {
        if (HostMemory.holds(crops)) {
            HostMemory.floats(crops).put(number * values.length, values);
        } else {
            INDArray one = crops.slice(number);
            try (INDArray made = Nd4j.create(values, one.shape(), 'c')) {
                one.assign(made);
            }
        }
    }

    /** All crops, N x R x R x C. */
    Tensor tensor() {
        return tape.constant(crops);
    }
}
