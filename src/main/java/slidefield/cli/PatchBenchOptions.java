package slidefield.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Option;
import slidefield.fit.Timing;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.patch.MultiResolutionOptions;
import slidefield.patch.MultiResolutionUNet;
import slidefield.patch.PatchBenchmark;
import slidefield.patch.PatchNetwork;
import slidefield.patch.UNet;
import slidefield.patch.UNetOptions;
import slidefield.patch.Upscaling;

/** The patch networks that {@code bench} can time instead of a field. */
final class PatchBenchOptions {
    private static final String MULTI_RESOLUTION = "mrn-";
    private static final int BATCH = 4;

    @Option(
            names = "--patch",
            split = ",",
            paramLabel = "LIST",
            description =
                    "Time patch networks instead, a training step and a prediction each: unet, unet-mrn (as MRN compares"
                            + " with), mrn-bilinear, mrn-transposed, mrn-chained.")
    private List<String> networks = new ArrayList<>();

    @Option(
            names = "--base",
            paramLabel = "C",
            defaultValue = "16",
            description = "Channels of their finest level (default: ${DEFAULT-VALUE}).")
    private int base;

    @Option(
            names = "--patch-size",
            paramLabel = "PX",
            defaultValue = "128",
            description = "Side of a patch in pixels (default: ${DEFAULT-VALUE}).")
    private int size;

    /** Whether patch networks are wanted. */
    boolean wanted() {
        return !networks.isEmpty();
    }

    /** A line per network and mode. */
    List<Map<String, Object>> lines(Engine engine, OptionalInt patches, Timing timing) {
        int batch = patches.orElse(BATCH);
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String name : networks) {
            PatchNetwork network = network(name.strip().toLowerCase(Locale.ROOT), engine);
            if (size < 1 || size > 4096 || size % network.sizeMultiple() != 0) {
                throw new InputException("--patch-size must be a multiple of " + network.sizeMultiple()
                        + " and at most 4096 for " + name + ", got " + size);
            }
            try (PatchBenchmark benchmark = new PatchBenchmark(engine, network, batch, size, 1)) {
                lines.add(line(engine, name, "train", batch, benchmark.train(timing)));
                lines.add(line(engine, name, "predict", batch, benchmark.predict(timing)));
            }
        }
        return lines;
    }

    private PatchNetwork network(String name, Engine engine) {
        if (name.startsWith("unet")) {
            UNetOptions options =
                    switch (name) {
                        case "unet" -> UNetOptions.of(base);
                        case "unet-mrn" -> UNetOptions.mrn(base);
                        default -> throw unknown(name);
                    };
            return new UNet(options, engine.type(), 1);
        }
        for (Upscaling upscaling : Upscaling.values()) {
            if (name.equals(MULTI_RESOLUTION + upscaling.name().toLowerCase(Locale.ROOT))) {
                return new MultiResolutionUNet(MultiResolutionOptions.mrn(base, upscaling), engine.type(), 1);
            }
        }
        throw unknown(name);
    }

    private static InputException unknown(String name) {
        return new InputException("unknown patch network '" + name
                + "'; there are unet, unet-mrn, mrn-bilinear, mrn-transposed and mrn-chained");
    }

    private Map<String, Object> line(Engine engine, String network, String mode, int batch, double milliseconds) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("network", network);
        line.put("base", base);
        line.put("mode", mode);
        line.put("kernels", engine.kernels().name());
        line.put("batch", batch);
        line.put("size", size);
        line.put("ms", Math.round(milliseconds * 100) / 100.0);
        line.put("px_per_s", Math.round(1e3 * batch * size * size / milliseconds));
        PeakMemory.megabytes().ifPresent(megabytes -> line.put("peak_rss_mb", megabytes));
        return line;
    }
}
