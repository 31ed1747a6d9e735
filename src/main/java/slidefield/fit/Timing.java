package slidefield.fit;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * How work is timed: untimed repetitions while the Java compiler is busy with it, then the median of timed ones. Immutable:
 * thread-safe.
 *
 * @param steps timed, at least 1
 * @param warmUp seconds of untimed steps before them: in a fresh process on a busy machine the Java compiler competes with
 *     the first ones
 * @param least untimed steps at least, however long they take
 */
public record Timing(int steps, double warmUp, int least) {
    private static final int FEW = 5;

    /** @throws IllegalArgumentException if a number is out of range */
    public Timing {
        Check.between("steps", steps, 1, 1_000_000);
        Check.between("warmUp", warmUp, 0, 3600);
        Check.between("least", least, 0, 1_000_000);
    }

    /** With at least five untimed steps. */
    public Timing(int steps, double warmUp) {
        this(steps, warmUp, FEW);
    }

    /**
     * @param work a step
     * @return milliseconds, the median of the timed steps
     */
    public double median(Runnable work) {
        return median(number -> {
            long start = System.nanoTime();
            work.run();
            return (System.nanoTime() - start) / 1e6;
        });
    }

    /**
     * @param work does the step of a number, counted from 0 with the untimed ones, and gives its milliseconds
     * @return the median of the timed steps'
     */
    public double median(IntToDoubleFunction work) {
        int done = 0;
        for (long end = System.nanoTime() + (long) (warmUp * 1e9); done < least || System.nanoTime() < end; done++) {
            work.applyAsDouble(done);
        }
        double[] times = new double[steps];
        for (int k = 0; k < steps; k++) {
            times[k] = work.applyAsDouble(done + k);
        }
        Arrays.sort(times);
        return times[steps / 2];
    }
}
