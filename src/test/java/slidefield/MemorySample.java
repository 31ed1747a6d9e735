package slidefield;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import slidefield.nn.NativeMemory;

/**
 * What a process holds at one moment, after a collection; Linux.
 *
 * @param heap bytes in use on the Java heap
 * @param malloc bytes that native code holds: arrays and the libraries' own structures
 * @param arrays bytes that ND4J counts
 * @param waste bytes of arrays that were dropped without being closed, so that only this collection found them
 * @param pointers bytes that JavaCPP counts
 * @param resident bytes of the process in the machine's memory
 * @param files open file descriptors
 * @param threads of Java
 */
record MemorySample(
        long heap, long malloc, long arrays, long waste, long pointers, long resident, long files, long threads) {
    private static final long MB = 1 << 20;

    /** A quantity, and how much more of it at the end than at the beginning is still no growth. */
    private record Limit(String name, ToLongFunction<MemorySample> of, long allowed) {}

    private static final List<Limit> LIMITS = List.of(
            new Limit("heap", MemorySample::heap, MB / 2),
            // The compiler of the Java machine takes and gives back some megabytes; see steadily() too.
            new Limit("malloc", MemorySample::malloc, 6 * MB),
            new Limit("arrays", MemorySample::arrays, MB / 4),
            new Limit("pointers", MemorySample::pointers, MB / 4),
            new Limit("resident", MemorySample::resident, 16 * MB),
            new Limit("files", MemorySample::files, 1),
            new Limit("threads", MemorySample::threads, 2));

    /** Measures this process. */
    static MemorySample now() {
        long arrays = arrayBytes();
        System.gc();
        long malloc = NativeMemory.allocated().orElse(0);
        // Arrays that the collector found are freed by other threads.
        for (int wait = 0; wait < 20; wait++) {
            pause(10);
            long later = NativeMemory.allocated().orElse(0);
            if (later >= malloc && wait > 1) {
                break;
            }
            malloc = later;
        }
        return new MemorySample(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                malloc,
                arrayBytes(),
                arrays - arrayBytes(),
                Pointer.totalBytes(),
                residentBytes(),
                openFiles(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static long arrayBytes() {
        return Nd4jCpu.Environment.getInstance().getDeviceCounter(0);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static long residentBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As {@link #parse} reads it. */
    String line() {
        return heap + " " + malloc + " " + arrays + " " + waste + " " + pointers + " " + resident + " " + files + " "
                + threads;
    }

    static MemorySample parse(String line) {
        String[] words = line.split(" ");
        long[] n = Stream.of(words).mapToLong(Long::parseLong).toArray();
        return new MemorySample(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
    }

    /**
     * What grew from the first half of some samples to the second: the least of either half are compared, so that what is
     * held for a while only does not count.
     */
    static List<String> growth(List<MemorySample> samples) {
        List<String> grown = new ArrayList<>();
        int half = samples.size() / 2;
        for (Limit limit : LIMITS) {
            long before = least(samples.subList(0, half), limit);
            long after = least(samples.subList(half, samples.size()), limit);
            if (after - before > limit.allowed()) {
                grown.add(limit.name() + " from " + before + " to " + after);
            }
        }
        long steadily = steadily(samples);
        if (steadily > MB) {
            grown.add("malloc by " + steadily + ", steadily");
        }
        return grown;
    }

    /** How much native memory would have grown if it always grew as much as from one sample to the next in the middle. */
    private static long steadily(List<MemorySample> samples) {
        long[] steps = new long[samples.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = samples.get(i + 1).malloc() - samples.get(i).malloc();
        }
        Arrays.sort(steps);
        return steps[steps.length / 2] * steps.length;
    }

    private static long least(List<MemorySample> samples, Limit limit) {
        return samples.stream().mapToLong(limit.of()).min().orElseThrow();
    }
}
