package slidefield.fit;

import java.util.Arrays;

/**
 * How long a piece of work takes.
 *
 * <p>Only a function: thread-safe.
 */
public final class MedianTime {
    private static final int WARM_UP = 5;

    private MedianTime() {}

    /**
     * @param work done again and again
     * @param steps timed
     * @param warmUp seconds of untimed work before them, at least five times: the Java compiler competes with the first ones
     * @return the median in milliseconds
     */
    public static double of(Runnable work, int steps, double warmUp) {
        int done = 0;
        for (long end = System.nanoTime() + (long) (warmUp * 1e9); done < WARM_UP || System.nanoTime() < end; done++) {
            work.run();
        }
        double[] times = new double[steps];
        for (int k = 0; k < steps; k++) {
            long start = System.nanoTime();
            work.run();
            times[k] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        return times[steps / 2];
    }
}
