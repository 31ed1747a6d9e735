package slidefield.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import slidefield.fit.Benchmark;
import slidefield.fit.Timing;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Precision;
import slidefield.nn.kernels.PeakProbe;

/** Times the steps of training and inference on random pixels. */
@Command(
        name = "bench",
        description = {
            "Time one window of each kind of work on random pixels; one JSON line per mode with the median step.",
            "recon, ito, seg: a step of training step 1, of inference-time optimisation, of training step 2;"
                    + " infer: dense prediction; encode: the encoding alone, forward and backward.",
            "peak: what this machine can do at best, arithmetic (gflops) and memory (gb_per_s); with it every other"
                    + " mode says its share of that.",
            "With --patch or --swipe: one line per network for a training step and one for a prediction.",
            "With --encoder: one line per encoder of patches."
        })
final class BenchCommand extends Subcommand {
    private static final String PEAK = "peak";

    @Mixin
    private SettingsOptions options;

    @Mixin
    private PatchBenchOptions patch;

    @Mixin
    private SwipeBenchOptions swipe;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Patches per step (default: 4), or images with --swipe (default: the preset's).")
    private Integer batch;

    @Mixin
    private EncoderBenchOptions encoders;

    @Option(
            names = "--modes",
            paramLabel = "LIST",
            defaultValue = "recon,ito,seg,infer,encode",
            description = "Which, separated by commas, peak among them (default: ${DEFAULT-VALUE}).")
    private String modes;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "20", description = "Timed steps (default: 20).")
    private int steps;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "12",
            description = "Seconds of untimed steps before each mode's timed ones, while the JVM compiles (default:"
                    + " ${DEFAULT-VALUE}).")
    private double warmUp;

    /** What the machine can do at best: 10^9 operations and 10^9 bytes per second. */
    private record Peak(double gflops, double gigabytes) {}

    @Override
    protected int run(Report report) {
        if (steps < 1 || steps > 1_000_000) {
            throw new InputException("--steps must be 1 to 1000000, got " + steps);
        }
        if (!(warmUp >= 0 && warmUp <= 3600)) {
            throw new InputException("--warm-up must be 0 to 3600 seconds, got " + warmUp);
        }
        if (batch != null && (batch < 1 || batch > 1024)) {
            throw new InputException("--batch must be 1 to 1024, got " + batch);
        }
        if (Stream.of(patch.wanted(), swipe.wanted(), encoders.wanted())
                        .filter(wanted -> wanted)
                        .count()
                > 1) {
            throw new InputException("--patch, --swipe and --encoder are timed one after the other; give one of them");
        }
        if (swipe.wanted() && options.settings().precision() != Precision.F32) {
            throw new InputException("--swipe: SwIPE and its rivals are computed in f32; leave --precision out");
        }
        Engine engine = Engine.preferred(options.settings().precision());
        if (patch.wanted()) {
            say(report, patch.lines(engine, images(), new Timing(steps, warmUp)));
            return 0;
        }
        if (swipe.wanted()) {
            say(report, swipe.lines(engine, images(), new Timing(steps, warmUp)));
            return 0;
        }
        if (encoders.wanted()) {
            say(report, encoders.lines(engine, new Timing(steps, warmUp)));
            return 0;
        }
        List<String> names = Arrays.stream(modes.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        List<Benchmark.Mode> chosen = names.stream()
                .filter(name -> !name.equals(PEAK))
                .map(BenchCommand::mode)
                .toList();
        List<Map<String, Object>> results = new ArrayList<>();
        if (!chosen.isEmpty()) {
            Benchmark benchmark = new Benchmark(engine, options.settings());
            chosen.forEach(mode -> results.add(line(engine, benchmark, mode)));
        }
        if (names.contains(PEAK)) {
            // After the others, so that its arrays are not in their peak memory.
            Peak peak = peak(engine);
            results.forEach(line -> addShare(line, peak));
            results.add(0, line(engine, peak));
        }
        say(report, results);
        return 0;
    }

    private OptionalInt images() {
        return batch == null ? OptionalInt.empty() : OptionalInt.of(batch);
    }

    private static void say(Report report, List<Map<String, Object>> results) {
        if (report.json()) {
            report.put("results", results);
        } else {
            results.forEach(result -> report.say(Report.toJson(result)));
        }
    }

    private Map<String, Object> line(Engine engine, Benchmark benchmark, Benchmark.Mode mode) {
        Benchmark.Result result = benchmark.run(mode, steps, warmUp);
        double seconds = result.milliseconds() / 1e3;
        Map<String, Object> line = line(engine, mode.name().toLowerCase(Locale.ROOT));
        line.put("window", result.window());
        line.put("ms", rounded(result.milliseconds(), 2));
        line.put("px_per_s", result.pixelsPerSecond());
        if (mode == Benchmark.Mode.ENCODE) {
            double gigabytes = benchmark.workload().encodeGigabytes();
            line.put("gb", rounded(gigabytes, 6));
            line.put("gb_per_s", rounded(gigabytes / seconds, 3));
        } else {
            double gflop = benchmark.workload().gflop(mode);
            line.put("gflop", rounded(gflop, 6));
            line.put("gflops", rounded(gflop / seconds, 3));
        }
        PeakMemory.megabytes().ifPresent(megabytes -> line.put("peak_rss_mb", megabytes));
        return line;
    }

    private Map<String, Object> line(Engine engine, Peak peak) {
        Map<String, Object> line = line(engine, PEAK);
        line.put("gflops", rounded(peak.gflops(), 1));
        line.put("gb_per_s", rounded(peak.gigabytes(), 1));
        return line;
    }

    private Map<String, Object> line(Engine engine, String mode) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("preset", options.settings().preset());
        line.put("mode", mode);
        line.put("kernels", engine.kernels().name());
        line.put("precision", options.settings().precision().text());
        return line;
    }

    private Peak peak(Engine engine) {
        DataType type = options.settings().precision().type();
        return new Peak(PeakProbe.gflops(engine.kernels(), type), PeakProbe.gigabytesPerSecond());
    }

    /** Of the arithmetic where a line counts operations, else of the memory's bandwidth. */
    private static void addShare(Map<String, Object> line, Peak peak) {
        double share = line.containsKey("gflops")
                ? (Double) line.get("gflops") / peak.gflops()
                : (Double) line.get("gb_per_s") / peak.gigabytes();
        line.put("share", rounded(share, 4));
    }

    private static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }

    private static Benchmark.Mode mode(String text) {
        try {
            return Benchmark.Mode.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new InputException(
                    "unknown mode '" + text + "'; the modes are recon, ito, seg, infer, encode and peak");
        }
    }

    @Override
    protected String lessMemory() {
        if (encoders.wanted()) {
            return "--patches 1";
        }
        return patch.wanted() || swipe.wanted() ? "--batch 1" : "--set training.window=64";
    }
}
