package slidefield.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import slidefield.nn.kernels.Processor;

/** Java, processor and memory. */
final class MachineChecks {
    private static final List<String> FEATURES =
            List.of("avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16", "asimd", "bf16");

    private MachineChecks() {}

    static List<Check> all() {
        return List.of(java(), processor(), memory());
    }

    private static Check java() {
        String found = Runtime.version() + " (" + System.getProperty("java.vendor") + ", "
                + System.getProperty("java.home") + ")";
        return Runtime.version().feature() >= 17
                ? Check.ok("Java", found)
                : Check.missing("Java", found, "needs 17 or newer: apt install openjdk-17-jdk");
    }

    private static Check processor() {
        String cores = Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.arch");
        if (Processor.info().isEmpty()) {
            return Check.ok("processor", cores);
        }
        Set<String> features = features(Processor.info());
        String found = cores + ", " + (features.isEmpty() ? "no vector extensions" : String.join(" ", features));
        boolean vectors = features.contains("avx2") || features.contains("asimd");
        return vectors ? Check.ok("processor", found) : Check.info("processor", found, "works, but slowly: no AVX2");
    }

    /** Those of the features that matter here, from the text of {@code /proc/cpuinfo}. */
    static Set<String> features(String cpuInfo) {
        Set<String> found = new TreeSet<>();
        cpuInfo.lines()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .limit(1)
                .flatMap(line ->
                        Arrays.stream(line.substring(line.indexOf(':') + 1).split("\\s+")))
                .filter(FEATURES::contains)
                .forEach(found::add);
        return found;
    }

    private static Check memory() {
        long heap = Runtime.getRuntime().maxMemory();
        String found = "heap up to " + Report.size(heap);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            found += " of " + Report.size(system.getTotalMemorySize());
        }
        return heap >= 900_000_000
                ? Check.ok("memory", found)
                : Check.info("memory", found, "small; raise it with SLIDEFIELD_HEAP=2g");
    }
}
