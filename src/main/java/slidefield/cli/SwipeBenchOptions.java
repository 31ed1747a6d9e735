package slidefield.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import slidefield.fit.NetworkBenchmark;
import slidefield.fit.Timing;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.swipe.ImageBenchmark;
import slidefield.swipe.ImageSettings;
import slidefield.swipe.RivalSettings;
import slidefield.swipe.SwipeSettings;
import slidefield.swipe.SwipeTrainingOptions;
import slidefield.swipe.volume.CropBenchmark;
import slidefield.swipe.volume.VolumeSettings;

/** The presets of SwIPE, of its rivals and of the networks of volumes, which {@code bench} can time instead of a field. */
final class SwipeBenchOptions {
    private static final String VOLUME = "volume-";

    @Option(
            names = "--swipe",
            split = ",",
            paramLabel = "LIST",
            description =
                    "Time SwIPE's presets instead (teaching, released, paper), its rivals' (pranet, pranet-teaching,"
                            + " ...) or those of volumes (volume-paper, volume-unet-teaching, ...): a training step and the answer to"
                            + " every pixel of an image, in the preset's batch, points and size. Images and points are there"
                            + " beforehand: their variation and drawing are not timed.")
    private List<String> presets = new ArrayList<>();

    @Option(
            names = "--points",
            paramLabel = "N",
            description = "With --swipe: points of an image in a step (default: the preset's).")
    private Integer points;

    @Option(
            names = "--image-size",
            paramLabel = "PX",
            description = "With --swipe: side of an image or volume (default: the preset's).")
    private Integer size;

    /** Whether such presets are wanted. */
    boolean wanted() {
        return !presets.isEmpty();
    }

    /** What a line says of the work. */
    private record Work(int batch, int points, int size, NetworkBenchmark benchmark) {}

    /** A line per preset and mode. */
    List<Map<String, Object>> lines(Engine engine, OptionalInt batch, Timing timing) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String preset : presets) {
            String name = preset.strip().toLowerCase(Locale.ROOT);
            Work work = work(engine, name, batch);
            try (NetworkBenchmark benchmark = work.benchmark()) {
                lines.add(line(engine, name, "train", work, work.batch(), benchmark.train(timing)));
                lines.add(line(engine, name, "predict", work, 1, benchmark.predict(timing)));
            }
        }
        return lines;
    }

    private Work work(Engine engine, String name, OptionalInt batch) {
        if (name.startsWith(VOLUME)) {
            VolumeSettings settings = volume(name, batch);
            return new Work(
                    settings.training().batch(),
                    settings.training().points(),
                    settings.training().crop().get(0),
                    new CropBenchmark(engine, settings));
        }
        ImageSettings settings = image(name, batch);
        SwipeTrainingOptions training = settings.training();
        return new Work(training.batch(), training.points(), training.size(), new ImageBenchmark(engine, settings));
    }

    private VolumeSettings volume(String name, OptionalInt batch) {
        String preset = name.substring(VOLUME.length());
        if (!VolumeSettings.presets().contains(preset)) {
            throw unknown(name);
        }
        List<String> changes = changes(batch);
        if (size != null) {
            changes.add("training.crop=[" + size + ", " + size + ", " + size + "]");
        }
        return VolumeSettings.preset(preset).with(changes);
    }

    private ImageSettings image(String name, OptionalInt batch) {
        List<String> changes = changes(batch);
        if (size != null) {
            changes.add("training.size=" + size);
        }
        if (SwipeSettings.presets().contains(name)) {
            return SwipeSettings.preset(name).with(changes);
        }
        if (RivalSettings.presets().contains(name)) {
            return RivalSettings.preset(name).with(changes);
        }
        throw unknown(name);
    }

    private List<String> changes(OptionalInt batch) {
        List<String> changes = new ArrayList<>();
        batch.ifPresent(images -> changes.add("training.batch=" + images));
        if (points != null) {
            changes.add("training.points=" + points);
        }
        return changes;
    }

    private static InputException unknown(String name) {
        List<String> known = Stream.of(
                        SwipeSettings.presets().stream(),
                        RivalSettings.presets().stream(),
                        VolumeSettings.presets().stream().map(VOLUME::concat))
                .flatMap(names -> names)
                .toList();
        return new InputException("--swipe: unknown preset '" + name + "'; there are " + String.join(", ", known));
    }

    private static Map<String, Object> line(
            Engine engine, String network, String mode, Work work, int images, double milliseconds) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("network", network);
        line.put("mode", mode);
        line.put("kernels", engine.kernels().name());
        line.put("batch", images);
        line.put("points", work.points());
        line.put("size", work.size());
        line.put("parameters", work.benchmark().parameters());
        line.put("ms", Math.round(milliseconds * 100) / 100.0);
        PeakMemory.megabytes().ifPresent(megabytes -> line.put("peak_rss_mb", megabytes));
        return line;
    }
}
