package slidefield.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import slidefield.fit.MedianTime;
import slidefield.io.InputException;
import slidefield.nic.BiGanEncoderOptions;
import slidefield.nic.Encoders;
import slidefield.nic.PatchEncoder;
import slidefield.nic.TrainedEncoder;
import slidefield.nn.Engine;
import slidefield.nn.Init;

/** The encoders of patches that {@code bench} can time instead of a field. */
final class EncoderBenchOptions {
    private static final String BIGAN = "bigan";

    @Option(
            names = "--encoder",
            split = ",",
            paramLabel = "LIST",
            description = "Time encoders of patches instead: bigan (the published sizes, random weights), mean-rgb, or what"
                    + " compress --encoder takes.")
    private List<String> encoders = new ArrayList<>();

    @Option(
            names = "--patches",
            paramLabel = "N",
            defaultValue = "64",
            description = "Patches encoded at once (default: ${DEFAULT-VALUE}).")
    private int patches;

    /** Whether encoders are wanted. */
    boolean wanted() {
        return !encoders.isEmpty();
    }

    /** A line per encoder. */
    List<Map<String, Object>> lines(Engine engine, int steps, double warmUp) {
        if (patches < 1 || patches > 4096) {
            throw new InputException("--patches must be 1 to 4096, got " + patches);
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String name : encoders) {
            try (PatchEncoder encoder = open(name.strip(), engine)) {
                lines.add(line(engine, name.strip(), encoder, steps, warmUp));
            }
        }
        return lines;
    }

    private static PatchEncoder open(String name, Engine engine) {
        if (!name.equals(BIGAN)) {
            return Encoders.open(name, engine);
        }
        BiGanEncoderOptions options = BiGanEncoderOptions.published();
        return new TrainedEncoder(options, options.build(engine.type(), 1)).encoder(engine);
    }

    private Map<String, Object> line(Engine engine, String name, PatchEncoder encoder, int steps, double warmUp) {
        float[] values = new Init(engine.type(), 1)
                .uniform(1, patches, encoder.patch(), encoder.patch(), encoder.colours())
                .data()
                .asFloat();
        double milliseconds = MedianTime.of(() -> encoder.encode(values), steps, warmUp);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("encoder", name);
        line.put("kernels", engine.kernels().name());
        line.put("precision", engine.imageType() == engine.type() ? "f32" : "bf16");
        line.put("patches", patches);
        line.put("size", encoder.patch());
        line.put("ms", Math.round(milliseconds * 100) / 100.0);
        line.put("patches_per_s", Math.round(1e3 * patches / milliseconds));
        PeakMemory.megabytes().ifPresent(megabytes -> line.put("peak_rss_mb", megabytes));
        return line;
    }
}
