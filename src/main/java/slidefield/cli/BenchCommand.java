package slidefield.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import slidefield.fit.Benchmark;
import slidefield.io.InputException;
import slidefield.nn.Engine;

/** Times the steps of training and inference on random pixels. */
@Command(
        name = "bench",
        description = {
            "Time one window of each kind of work on random pixels; one JSON line per mode with the median step.",
            "recon, ito, seg: a step of training step 1, of inference-time optimisation, of training step 2;"
                    + " infer: dense prediction; encode: the encoding alone, forward and backward."
        })
final class BenchCommand extends Subcommand {
    @Mixin
    private SettingsOptions options;

    @Option(
            names = "--modes",
            paramLabel = "LIST",
            defaultValue = "recon,ito,seg,infer,encode",
            description = "Which, separated by commas (default: ${DEFAULT-VALUE}).")
    private String modes;

    @Option(names = "--precision", paramLabel = "P", defaultValue = "f32", description = "f32.")
    private String precision;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "20", description = "Timed steps (default: 20).")
    private int steps;

    @Override
    protected int run(Report report) {
        if (steps < 1 || steps > 1_000_000) {
            throw new InputException("--steps must be 1 to 1000000, got " + steps);
        }
        Engine engine = Engine.preferred();
        if (!precision.equals("f32")) {
            throw new InputException("--precision " + precision + " is not among those of the kernels '"
                    + engine.kernels().name() + "'; they compute in f32");
        }
        List<Benchmark.Mode> chosen =
                Arrays.stream(modes.split(",")).map(BenchCommand::mode).toList();
        Benchmark benchmark = new Benchmark(engine, options.settings());
        List<Map<String, Object>> results = chosen.stream()
                .map(mode -> line(engine, benchmark.run(mode, steps)))
                .toList();
        if (report.json()) {
            report.put("results", results);
        } else {
            results.forEach(result -> report.say(Report.toJson(result)));
        }
        return 0;
    }

    private Map<String, Object> line(Engine engine, Benchmark.Result result) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("preset", options.settings().preset());
        line.put("mode", result.mode().name().toLowerCase(Locale.ROOT));
        line.put("kernels", engine.kernels().name());
        line.put("precision", precision);
        line.put("window", result.window());
        line.put("ms", Math.round(result.milliseconds() * 100) / 100.0);
        line.put("px_per_s", result.pixelsPerSecond());
        return line;
    }

    private static Benchmark.Mode mode(String text) {
        try {
            return Benchmark.Mode.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new InputException("unknown mode '" + text + "'; the modes are recon, ito, seg, infer and encode");
        }
    }
}
