package slidefield.nn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import slidefield.nn.kernels.Parallel;

/**
 * Steps of a parameter's updates that are put off, chunk by chunk, until the chunk is read. Adam changes an entry in
 * every step, its gradient zero or not, and so does a moving average; but while a window touches a few hundredths of
 * a hash grid, sweeping over all of it is mostly a matter of moving memory. Here the steps are written down, and a
 * chunk that is about to be read catches up in the cache: the same arithmetic in the same order on every element, so
 * the same bits as sweeping at once. Thread-safe.
 */
final class Deferred {
    /** Steps written down before all chunks catch up. */
    static final int LIMIT = 1 << 14;

    /** Chunks that one turn of a parallel loop takes. */
    private static final int GRAIN = 32;

    private final FloatBuffer value;
    private final List<ChunkUpdate> updates = new ArrayList<>();
    private int[] who = new int[64];
    private float[][] numbers = new float[64][];
    private int logged;

    /** Per chunk: how many of the logged steps are done. */
    private final int[] done;

    Deferred(FloatBuffer value) {
        this.value = value;
        this.done = new int[Chunks.count(value.capacity())];
    }

    /** Puts off one step of every chunk. */
    synchronized void log(ChunkUpdate update, float[] step) {
        if (logged == LIMIT) {
            settle();
        }
        if (logged == who.length) {
            who = Arrays.copyOf(who, 2 * logged);
            numbers = Arrays.copyOf(numbers, 2 * logged);
        }
        int index = updates.indexOf(update);
        if (index < 0) {
            index = updates.size();
            updates.add(update);
        }
        who[logged] = index;
        numbers[logged++] = step;
    }

    /**
     * Makes one step of the chunks that have a gradient, but for those where it is bad, and puts it off for the others.
     *
     * @return whether the squares of the gradient are finite
     */
    synchronized boolean step(ChunkUpdate update, float[] step, SparseGradient gradient) {
        settle(gradient.chunks());
        log(update, step);
        // The log may just have been emptied: all but the step itself is done.
        List<ChunkUpdate> only = List.of(update);
        Chunks chunks = gradient.chunks();
        AtomicBoolean finite = new AtomicBoolean(true);
        forGroups(chunks.size(), slot -> {
            int chunk = chunks.at(slot);
            int from = chunk * Chunks.SIZE;
            int count = Chunks.size(chunk, value.capacity());
            ChunkWork work = ChunkWork.own();
            work.load(value, only, from, count);
            if (!NonFinite.squaresAreFinite(gradient.values(), slot * Chunks.SIZE, count)) {
                finite.set(false);
                done[chunk] = logged;
                return;
            }
            update.step(work.value(), work.state(0), gradient.values(), slot * Chunks.SIZE, count, step);
            work.store(value, only, from, count);
            done[chunk] = logged;
        });
        return finite.get();
    }

    /** Whether any chunk may be behind. */
    synchronized boolean isPending() {
        return logged > 0;
    }

    /** Makes the steps that some chunks are behind. */
    synchronized void settle(Chunks chunks) {
        if (logged > 0) {
            forGroups(chunks.size(), slot -> catchUp(chunks.at(slot)));
        }
    }

    /** Makes all steps that were put off. */
    synchronized void settle() {
        if (logged > 0) {
            forGroups(done.length, this::catchUp);
            Arrays.fill(done, 0);
            Arrays.fill(numbers, 0, logged, null);
            updates.clear();
            logged = 0;
        }
    }

    private static void forGroups(int count, IntConsumer body) {
        Parallel.forEach((count + GRAIN - 1) / GRAIN, group -> {
            for (int i = group * GRAIN; i < Math.min(count, (group + 1) * GRAIN); i++) {
                body.accept(i);
            }
        });
    }

    private void catchUp(int chunk) {
        if (done[chunk] == logged) {
            return;
        }
        int from = chunk * Chunks.SIZE;
        int count = Chunks.size(chunk, value.capacity());
        ChunkWork work = ChunkWork.own();
        work.load(value, updates, from, count);
        if (!idles(work, count)) {
            for (int i = done[chunk]; i < logged; i++) {
                updates.get(who[i]).step(work.value(), work.state(who[i]), ChunkWork.ZEROS, 0, count, numbers[i]);
            }
            work.store(value, updates, from, count);
        }
        done[chunk] = logged;
    }

    private boolean idles(ChunkWork work, int count) {
        for (int u = 0; u < updates.size(); u++) {
            if (!updates.get(u).idles(work.value(), work.state(u), count)) {
                return false;
            }
        }
        return true;
    }
}
