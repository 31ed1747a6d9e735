package slidefield.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs each snippet in this JVM on a thread of its own that can be stopped, and keeps the value it returned.
 *
 * <p>How a stop works. The thread is interrupted, which ends sleeps, waits and every loop that asks. From JDK 20 on,
 * the class above also weaves a check into every loop of the cells. Before JDK 20 a thread that did not react to the
 * interrupt is ended by {@code Thread.stop}. What reacts to neither (a loop inside a compiled library on a new JDK
 * that never looks at its interrupt flag) is left behind as a daemon thread, so that the kernel lives on.
 */
final class CellExecution extends LocalExecutionControl {
    private static final boolean WOVEN = Runtime.version().feature() >= 20;
    private static final long KIND_MILLIS = 600;
    private static final long GIVE_UP_MILLIS = 1500;
    private static final Method TRAMPOLINE = trampoline();

    /** The call that the snippet thread of {@link LocalExecutionControl} waits for (one cell runs at a time). */
    private static volatile Call current;

    private volatile Object value;
    private volatile boolean stopping;
    private volatile boolean leftBehind;

    /** A provider for {@link jdk.jshell.JShell.Builder#executionEngine} that always hands out this object. */
    ExecutionControlProvider provider() {
        return new ExecutionControlProvider() {
            @Override
            public String name() {
                return "slidefield";
            }

            @Override
            public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
                return CellExecution.this;
            }
        };
    }

    /** What the last snippet returned; forgets it. */
    Object takeValue() {
        Object taken = value;
        value = null;
        return taken;
    }

    /** Whether a stopped snippet still runs in the background. */
    boolean leftBehind() {
        return leftBehind;
    }

    /** Before a cell: a stop asked for earlier no longer counts. */
    void reset() {
        stopping = false;
        leftBehind = false;
        value = null;
    }

    boolean stopping() {
        return stopping;
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        Call call = new Call(snippet);
        // Before the question, so that a stop either finds this call or is found here.
        current = call;
        if (stopping) {
            current = null;
            throw new StoppedException();
        }
        try {
            if (WOVEN) {
                super.invoke(TRAMPOLINE);
            } else {
                runCurrent();
            }
        } catch (Exception unexpected) {
            // JShell drops what it calls an internal failure without a word; a reader must hear of it.
            throw new InvocationTargetException(unexpected);
        } finally {
            current = null;
        }
        if (stopping) {
            leftBehind = !call.ended(100);
            throw new StoppedException();
        }
        if (call.failure != null) {
            throw new InvocationTargetException(call.failure);
        }
        value = call.result;
        return "";
    }

    /** Runs the current call and waits for it; public because it is called as a {@link Method}. */
    public static void runCurrent() {
        Call call = current;
        call.waiting = Thread.currentThread();
        call.thread.start();
        try {
            call.done.await();
        } catch (InterruptedException stop) {
            // The call has been told to stop already: give it its time, then leave it behind.
            call.ended(WOVEN ? GIVE_UP_MILLIS : 0);
        }
    }

    /** Asks the running snippet to stop and returns at once. */
    @Override
    public void stop() {
        stopping = true;
        Call call = current;
        if (call == null) {
            return;
        }
        Thread stopper = new Thread(() -> stop(call), "kernel-stop");
        stopper.setDaemon(true);
        stopper.start();
    }

    private void stop(Call call) {
        call.thread.interrupt();
        if (WOVEN) {
            askAgain(call);
        } else if (!call.ended(KIND_MILLIS)) {
            call.kill();
            Thread waiting = call.waiting;
            if (!call.ended(GIVE_UP_MILLIS - KIND_MILLIS) && waiting != null) {
                waiting.interrupt();
            }
        }
    }

    /** The flag that the woven checks read is cleared when a call begins, so a stop just before must be repeated. */
    private void askAgain(Call call) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GIVE_UP_MILLIS);
        do {
            try {
                super.stop();
            } catch (EngineTerminationException | InternalException failure) {
                KernelMain.log("cannot stop the cell: " + failure);
            }
        } while (!call.ended(100) && System.nanoTime() < end);
    }

    private static Method trampoline() {
        try {
            Method method = CellExecution.class.getMethod("runCurrent");
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One snippet on its thread. */
    private static final class Call {
        private final Thread thread;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile Thread waiting;
        private volatile Object result;
        private volatile Throwable failure;

        Call(Method snippet) {
            thread = new Thread(() -> run(snippet), "cell");
            thread.setDaemon(true);
            thread.setContextClassLoader(snippet.getDeclaringClass().getClassLoader());
        }

        private void run(Method snippet) {
            try {
                result = snippet.invoke(null);
            } catch (InvocationTargetException thrown) {
                failure = thrown.getCause();
            } catch (Throwable thrown) {
                failure = thrown;
            } finally {
                done.countDown();
            }
        }

        /** Waits for the end at most so long, whatever interrupts the waiting thread. */
        boolean ended(long millis) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (true) {
                try {
                    return done.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException again) {
                    // Wait on: the time is bounded.
                }
            }
        }

        /** {@code Thread.stop}, by name: it is there until JDK 19 and its use is a warning. */
        void kill() {
            try {
                Thread.class.getMethod("stop").invoke(thread);
            } catch (ReflectiveOperationException absent) {
                KernelMain.log("cannot stop the cell: " + absent);
            }
        }
    }
}
