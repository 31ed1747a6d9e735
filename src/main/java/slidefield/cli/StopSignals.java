package slidefield.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM end the command in order: its thread is interrupted, so that it stops at the next window, removes
 * half-written files and says how to go on. If it has not done so within two seconds, the process ends all the same;
 * what it was writing then stays behind under its temporary name, the file before is whole. The Java runtime gives the
 * exit status, 128 and the signal's number.
 */
final class StopSignals {
    private static final long SECONDS = 2;

    private final CountDownLatch ended = new CountDownLatch(1);

    private StopSignals() {}

    /**
     * Takes over from now on.
     *
     * @param tooSlow what to do when the thread has not ended in time
     */
    static StopSignals forThisThread(Runnable tooSlow) {
        StopSignals signals = new StopSignals();
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signals.stop(worker, tooSlow), "stop"));
        return signals;
    }

    /** The command has ended and printed what it had to say. */
    void ended() {
        ended.countDown();
    }

    private void stop(Thread worker, Runnable tooSlow) {
        if (ended.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            if (!ended.await(SECONDS, TimeUnit.SECONDS)) {
                tooSlow.run();
            }
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }
}
