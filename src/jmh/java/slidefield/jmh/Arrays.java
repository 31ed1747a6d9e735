package slidefield.jmh;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.Engine;
import slidefield.nn.Init;

/** What the benchmarks compute with and on. */
final class Arrays {
    private static final long SEED = 1;

    private Arrays() {}

    /** @param name "fastest" or "reference" */
    static Engine engine(String name) {
        return name.equals("reference") ? Engine.reference(DataType.FLOAT) : Engine.preferred();
    }

    /** Uniform in (-1, 1), float32, the same at every call. */
    static INDArray random(long... shape) {
        return new Init(DataType.FLOAT, SEED).uniform(1, shape);
    }

    /** Where windows start: {@code count} pixels in [0, limit). */
    static int[] starts(int count, int limit) {
        return new Random(SEED).ints(count, 0, limit).toArray();
    }
}
