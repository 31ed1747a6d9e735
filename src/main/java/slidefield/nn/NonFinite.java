package slidefield.nn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Parallel;

/** Looks for NaN and infinity: nothing that was computed with them is of use, and they spread with every step. */
public final class NonFinite {
    /** Elements of a turn of the parallel loop. */
    private static final int GRAIN = 1 << 16;

    private NonFinite() {}

    /**
     * @param arrays by name
     * @return the names of those that hold at least one such value, in the map's order
     */
    public static List<String> in(Map<String, INDArray> arrays) {
        List<String> bad = new ArrayList<>();
        arrays.forEach((name, array) -> {
            if (isIn(array)) {
                bad.add(name);
            }
        });
        return bad;
    }

    /**
     * @param array any
     * @return whether at least one value is NaN or infinite
     */
    public static boolean isIn(INDArray array) {
        if (!HostMemory.holds(array)) {
            return !Double.isFinite(array.sumNumber().doubleValue());
        }
        FloatBuffer values = HostMemory.floats(array);
        int turns = Math.toIntExact((values.capacity() + (long) GRAIN - 1) / GRAIN);
        AtomicBoolean found = new AtomicBoolean();
        Parallel.forEach(turns, turn -> {
            if (!found.get()) {
                int from = turn * GRAIN;
                float[] part = new float[Math.min(GRAIN, values.capacity() - from)];
                values.get(from, part, 0, part.length);
                if (isIn(part)) {
                    found.set(true);
                }
            }
        });
        return found.get();
    }

    /**
     * @param bad the parameters whose gradients are not finite
     * @param all of them, in the order in which a forward pass uses them
     * @throws NonFiniteException if there is one
     */
    static void requireNone(Set<String> bad, Set<String> all) {
        if (!bad.isEmpty()) {
            throw NonFiniteException.ofGradients(
                    all.stream().filter(bad::contains).toList());
        }
    }

    private static boolean isIn(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value * 0;
        }
        return sum != 0;
    }

    /**
     * Whether every square of some values is finite; then so are they. Takes about as long as reading them.
     *
     * @param values any
     * @param offset of the first that is looked at
     * @param count how many
     */
    static boolean squaresAreFinite(float[] values, int offset, int count) {
        // Infinity times 0 is NaN; four sums, since each has to wait for its last addition
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = offset;
        for (; i + 4 <= offset + count; i += 4) {
            a += values[i] * values[i] * 0;
            b += values[i + 1] * values[i + 1] * 0;
            c += values[i + 2] * values[i + 2] * 0;
            d += values[i + 3] * values[i + 3] * 0;
        }
        for (; i < offset + count; i++) {
            a += values[i] * values[i] * 0;
        }
        return a + b + c + d == 0;
    }
}
