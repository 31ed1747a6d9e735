package slidefield.field;

import java.nio.FloatBuffer;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.HostMemory;
import slidefield.nn.Storage;

/** A slide's table of trained entries when it is new. */
final class HashTable {
    /** Entries start uniform in (-1e-4, 1e-4), as tiny-cuda-nn's grid does. */
    private static final double INITIAL = 1e-4;

    private HashTable() {}

    /** A fresh table, entries x F. */
    static INDArray create(HashGridOptions options, DataType type, long seed, Storage storage) {
        INDArray table = storage.zeros(type, shape(options));
        Random random = new Random(seed);
        if (HostMemory.holds(table)) {
            fill(HostMemory.floats(table), random);
        } else {
            for (long i = 0; i < table.length(); i++) {
                table.putScalar(i, draw(random));
            }
        }
        return table;
    }

    private static long[] shape(HashGridOptions options) {
        return new long[] {options.parameterCount() / options.features(), options.features()};
    }

    private static void fill(FloatBuffer table, Random random) {
        for (int i = 0; i < table.capacity(); i++) {
            table.put(i, (float) draw(random));
        }
    }

    private static double draw(Random random) {
        return INITIAL * (2 * random.nextDouble() - 1);
    }
}
