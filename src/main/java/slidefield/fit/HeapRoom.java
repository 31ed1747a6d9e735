package slidefield.fit;

import java.lang.ref.Cleaner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import slidefield.io.InputException;

/** What may be held in the Java heap: planes that are kept in memory share half of it, one result takes most of it. */
final class HeapRoom {
    /** The planes that are held now. */
    static final HeapRoom PLANES = new HeapRoom(Runtime.getRuntime().maxMemory() / 2);

    private static final Cleaner CLEANER = Cleaner.create();

    /** How long the collector gets to find what is not used any more. */
    private static final int COLLECTING_MILLIS = 100;

    private static final int WAIT_MILLIS = 5;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** @param most bytes that may be held together */
    HeapRoom(long most) {
        this.most = most;
    }

    /**
     * Asks for room.
     *
     * @param bytes to hold
     * @return whether they fit beside what is held; then they count until {@link #give}
     */
    boolean take(long bytes) {
        long before;
        do {
            before = held.get();
            if (bytes > most - before) {
                return false;
            }
        } while (!held.compareAndSet(before, before + bytes));
        return true;
    }

    /** The same; where there is no room, what nobody uses any more is collected first. */
    boolean takeCollecting(long bytes) {
        if (take(bytes)) {
            return true;
        }
        if (bytes > most) {
            return false;
        }
        System.gc();
        for (int wait = 0; wait < COLLECTING_MILLIS; wait += WAIT_MILLIS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS));
            if (take(bytes)) {
                return true;
            }
        }
        return false;
    }

    /** Gives room back. */
    void give(long bytes) {
        held.addAndGet(-bytes);
    }

    /** Gives room back once nobody uses an object any more. */
    void giveAfter(Object holder, long bytes) {
        CLEANER.register(holder, () -> give(bytes));
    }

    /** Bytes that are held. */
    long held() {
        return held.get();
    }

    /**
     * Refuses what the heap cannot hold, before hours go into computing it.
     *
     * @param what it is, for the message
     * @param bytes that it takes at least
     * @throws InputException with both sizes and what to do
     */
    static void require(String what, long bytes) {
        require(what, bytes, Runtime.getRuntime().maxMemory());
    }

    /** The same in a heap of the given size. */
    static void require(String what, long bytes, long heap) {
        if (bytes > heap / 8 * 7) {
            throw new InputException(what + " takes " + (bytes >> 20) + " MB at least, and the Java heap may grow to "
                    + (heap >> 20)
                    + " MB; predict at a coarser resolution (--resolution base/2 or base/4), or raise it with"
                    + " SLIDEFIELD_HEAP=" + Math.max(1, (bytes * 2 >> 30) + 1) + "g (if the machine has it)");
        }
    }
}
