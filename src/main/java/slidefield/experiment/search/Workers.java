package slidefield.experiment.search;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import slidefield.io.InputException;

/**
 * How many trials run side by side, each in a process of its own, and what each may take of the machine.
 *
 * @param count processes at once
 * @param cores of the whole machine
 * @param megabytes of memory of the whole machine
 */
record Workers(int count, int cores, long megabytes) {
    /** What a trial needs: the teaching preset on a few slides stays below it. */
    private static final long MEGABYTES_EACH = 3000;

    private static final long LEAST_MEGABYTES_EACH = 800;
    /** A field computes on all cores already; two cores each cost little. */
    private static final int CORES_EACH = 2;

    /**
     * @param asked how many, or 0: as many as fit
     * @throws InputException if there is no room for that many
     */
    static Workers of(int asked) {
        long bytes = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        return of(asked, Runtime.getRuntime().availableProcessors(), bytes >> 20);
    }

    static Workers of(int asked, int cores, long megabytes) {
        if (asked < 0 || asked > cores || asked > 1 && megabytes / asked < LEAST_MEGABYTES_EACH) {
            throw new InputException("expected 0 (as many as fit) or up to "
                    + Math.max(1, Math.min(cores, megabytes / LEAST_MEGABYTES_EACH)) + " trials side by side on "
                    + cores + " cores with " + megabytes + " MB, found " + asked);
        }
        long fitting = Math.max(1, Math.min(cores / CORES_EACH, megabytes * 9 / 10 / MEGABYTES_EACH));
        return new Workers(asked == 0 ? (int) fitting : asked, cores, megabytes);
    }

    /** Cores of each process. */
    int coresEach() {
        return Math.max(1, cores / count);
    }

    /**
     * The flags of a process: those of this one, with its share of cores and memory. The shares are those that the
     * launcher gives to the whole machine: a quarter for the heap, a half for arrays outside it, nine tenths together.
     */
    List<String> flags() {
        List<String> flags = new ArrayList<>();
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            boolean memory = flag.startsWith("-Xm") || flag.startsWith("-Dorg.bytedeco.javacpp.max");
            boolean observed = flag.startsWith("-javaagent") || flag.startsWith("-agent") || flag.startsWith("-Xrun");
            if (!observed && !(memory && count > 1)) {
                flags.add(flag);
            }
        }
        flags.add("-Djava.awt.headless=true");
        flags.add("-Dslidefield.terminal=false");
        if (count > 1) {
            long share = megabytes / count;
            flags.add("-Xmx" + Math.max(256, Math.min(8192, share / 4)) + "m");
            flags.add("-Dorg.bytedeco.javacpp.maxbytes=" + share / 2 + "m");
            flags.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + share * 9 / 10 + "m");
            flags.add("-XX:ActiveProcessorCount=" + coresEach());
        }
        return flags;
    }
}
