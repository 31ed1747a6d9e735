package slidefield.nn.kernels;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A loop whose turns run on all cores. The turns are handed out one by one in order, so long ones should come first,
 * and the caller works too: when the other cores are busy with something else it does all of them itself and waits
 * for nobody. Turns must not write what others read; then the result does not depend on the number of threads.
 */
public final class Parallel {
    private final int turns;
    private final IntConsumer body;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger left;
    private volatile Throwable failure;

    private Parallel(int turns, IntConsumer body) {
        this.turns = turns;
        this.body = body;
        this.left = new AtomicInteger(turns);
    }

    /**
     * Runs a loop, on the calling thread's own fork-join pool if it has one and on the common pool otherwise.
     *
     * @param turns how often
     * @param body given 0 to {@code turns - 1}, each once
     * @throws RuntimeException or Error, whatever a turn threw, after all turns
     */
    public static void forEach(int turns, IntConsumer body) {
        if (turns <= 1) {
            if (turns == 1) {
                body.accept(0);
            }
            return;
        }
        Parallel loop = new Parallel(turns, body);
        boolean inside = ForkJoinTask.inForkJoinPool();
        ForkJoinPool pool = inside ? ForkJoinTask.getPool() : ForkJoinPool.commonPool();
        int helpers = Math.min(turns, pool.getParallelism() + (inside ? 0 : 1)) - 1;
        for (int i = 0; i < helpers; i++) {
            pool.execute(loop::work);
        }
        loop.work();
        loop.await();
    }

    private void work() {
        for (int turn = next.getAndIncrement(); turn < turns; turn = next.getAndIncrement()) {
            try {
                body.accept(turn);
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            } finally {
                if (left.decrementAndGet() == 0) {
                    LockSupport.unpark(caller);
                }
            }
        }
    }

    /** Waits for the turns that helpers are still at; a helper that never began is not waited for. */
    private void await() {
        for (int spins = 0; left.get() > 0; spins++) {
            if (spins < 1 << 12) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }
}
