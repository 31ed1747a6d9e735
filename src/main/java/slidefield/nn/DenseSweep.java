package slidefield.nn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import slidefield.nn.kernels.Parallel;

/** One step of whole parameters with dense gradients, on all cores; the same bits for any number of them. */
final class DenseSweep {
    /** Elements of a turn. */
    private static final int GRAIN = 64 * Chunks.SIZE;

    private final List<Turn> turns = new ArrayList<>();
    private final Set<String> bad = ConcurrentHashMap.newKeySet();

    /**
     * Plans a step.
     *
     * @param name of the parameter
     * @param parameter float32, with a gradient
     * @param update what is done to it
     * @param numbers of this step, as the update wants them
     */
    void add(String name, Parameter parameter, ChunkUpdate update, float[] numbers) {
        FloatBuffer value = HostMemory.floats(parameter.value());
        FloatBuffer gradient = HostMemory.floats(parameter.gradient());
        for (int from = 0; from < value.capacity(); from += GRAIN) {
            int to = (int) Math.min(value.capacity(), from + (long) GRAIN);
            turns.add(new Turn(name, bad, update, value, gradient, numbers, from, to));
        }
    }

    /**
     * Makes all planned steps, but for the chunks with a bad gradient.
     *
     * @return the names of the parameters whose gradients are not finite, or so large that their squares are not
     */
    Set<String> run() {
        Parallel.forEach(turns.size(), turn -> turns.get(turn).run());
        return bad;
    }

    private record Turn(
            String name,
            Set<String> bad,
            ChunkUpdate update,
            FloatBuffer value,
            FloatBuffer gradient,
            float[] numbers,
            int from,
            int to) {
        void run() {
            ChunkWork work = ChunkWork.own();
            List<ChunkUpdate> only = List.of(update);
            for (int at = from; at < to; at += Chunks.SIZE) {
                int count = Math.min(Chunks.SIZE, to - at);
                work.load(value, only, at, count);
                gradient.get(at, work.gradient(), 0, count);
                if (!NonFinite.squaresAreFinite(work.gradient(), 0, count)) {
                    bad.add(name);
                    continue;
                }
                update.step(work.value(), work.state(0), work.gradient(), 0, count, numbers);
                work.store(value, only, at, count);
            }
        }
    }
}
