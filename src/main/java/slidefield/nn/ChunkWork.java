package slidefield.nn;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * One thread's copy of one chunk of a parameter and of what its updates keep. Loops over Java arrays are what the
 * compiler vectorises best; the copies stay in the innermost cache, so memory is read and written once however many
 * steps are made.
 */
final class ChunkWork {
    private static final ThreadLocal<ChunkWork> OWN = ThreadLocal.withInitial(ChunkWork::new);

    /** A gradient of nothing. */
    static final float[] ZEROS = new float[Chunks.SIZE];

    private final float[] value = new float[Chunks.SIZE];
    private final float[] gradient = new float[Chunks.SIZE];
    private float[][][] states = {};

    /** The calling thread's. */
    static ChunkWork own() {
        return OWN.get();
    }

    float[] value() {
        return value;
    }

    /** Room for a gradient. */
    float[] gradient() {
        return gradient;
    }

    /** What the update of that number keeps. */
    float[][] state(int update) {
        return states[update];
    }

    void load(FloatBuffer values, List<? extends ChunkUpdate> updates, int from, int count) {
        values.get(from, value, 0, count);
        if (states.length < updates.size()) {
            states = new float[updates.size()][][];
        }
        for (int u = 0; u < updates.size(); u++) {
            FloatBuffer[] kept = updates.get(u).state();
            if (states[u] == null || states[u].length != kept.length) {
                states[u] = new float[kept.length][Chunks.SIZE];
            }
            for (int k = 0; k < kept.length; k++) {
                kept[k].get(from, states[u][k], 0, count);
            }
        }
    }

    void store(FloatBuffer values, List<? extends ChunkUpdate> updates, int from, int count) {
        values.put(from, value, 0, count);
        for (int u = 0; u < updates.size(); u++) {
            FloatBuffer[] kept = updates.get(u).state();
            for (int k = 0; k < kept.length; k++) {
                kept[k].put(from, states[u][k], 0, count);
            }
        }
    }
}
