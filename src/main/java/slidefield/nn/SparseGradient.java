package slidefield.nn;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A float32 gradient of which only some chunks are stored; the others are zero. A window of a slide touches a few
 * hundredths of its hash grid, and nothing needs to write, read or hold the rest.
 */
public final class SparseGradient {
    private final Chunks chunks;
    private float[] values = {};

    /**
     * @param chunks those that are stored; to be filled before {@link #reset}
     */
    public SparseGradient(Chunks chunks) {
        this.chunks = chunks;
    }

    /** @return those that are stored */
    public Chunks chunks() {
        return chunks;
    }

    /**
     * Makes room for the chunks that are in now. The values are arbitrary until each has been written.
     *
     * @return the values: the chunk {@code chunks().at(slot)} begins at {@code slot * Chunks.SIZE}
     */
    public float[] reset() {
        int needed = chunks.size() * Chunks.SIZE;
        if (values.length < needed) {
            values = new float[needed + needed / 4];
        }
        return values;
    }

    /** @return the values as {@link #reset} lays them out; longer than needed */
    public float[] values() {
        return values;
    }

    /**
     * Writes the whole gradient, zeros included.
     *
     * @param dense float32 array of as many elements in the processor's memory, overwritten
     */
    public void writeTo(INDArray dense) {
        FloatBuffer into = HostMemory.floats(dense);
        float[] zeros = new float[Chunks.SIZE];
        int slot = 0;
        for (int chunk = 0; chunk < Chunks.count(chunks.length()); chunk++) {
            boolean stored = slot < chunks.size() && chunks.at(slot) == chunk;
            into.put(
                    chunk * Chunks.SIZE,
                    stored ? values : zeros,
                    stored ? slot * Chunks.SIZE : 0,
                    Chunks.size(chunk, chunks.length()));
            slot += stored ? 1 : 0;
        }
    }
}
