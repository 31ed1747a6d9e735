package slidefield.nn;

import java.nio.FloatBuffer;

/**
 * Somebody who changes a float32 parameter in place, step by step, and whose arithmetic treats every element by
 * itself, so that it can be done chunk by chunk ({@link Chunks}): an optimiser or a moving average.
 */
interface ChunkUpdate {
    /** The arrays that it keeps, each as long as the parameter. */
    FloatBuffer[] state();

    /**
     * One step of one chunk.
     *
     * @param value the chunk's values
     * @param state the chunk of every array of {@link #state}
     * @param gradient d loss / d value of the chunk's elements
     * @param offset where they begin in {@code gradient}
     * @param count elements of the chunk
     * @param numbers this step's, as the update itself logged them
     */
    void step(float[] value, float[][] state, float[] gradient, int offset, int count, float[] numbers);

    /**
     * Whether any number of steps without a gradient would leave every bit of a chunk as it is, unless somebody else
     * changes the values.
     */
    boolean idles(float[] value, float[][] state, int count);
}
