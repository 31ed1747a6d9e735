package slidefield.nic;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slidefield.fit.YamlOptions;
import slidefield.fit.YamlSettings;
import slidefield.io.InputException;

/**
 * Everything that decides the training of a {@link SlideCnn} besides its slides. Immutable, YAML in files.
 *
 * @param preset the preset it began from
 * @param seed of every random choice
 * @param slideCnn sizes of the network
 * @param training how it learns
 */
public record SlideCnnSettings(String preset, long seed, SlideCnnOptions slideCnn, SlideTrainingOptions training)
        implements YamlSettings<SlideCnnSettings> {
    private static final YamlOptions<SlideCnnSettings> YAML =
            new YamlOptions<>(SlideCnnSettings.class, "training.epochs=40");

    private static final Map<String, SlideCnnSettings> PRESETS = new LinkedHashMap<>();

    static {
        put("paper", SlideCnnOptions.paper(128, 1), SlideTrainingOptions.paper(SlideTask.BINARY));
        put("paper-regression", SlideCnnOptions.paper(128, 1), SlideTrainingOptions.paper(SlideTask.REGRESSION));
        put("synthetic", SlideCnnOptions.paper(16, 10), SlideTrainingOptions.paper(SlideTask.CLASSES));
        put(
                "teaching",
                new SlideCnnOptions(16, 64, 32, List.of(2, 2, 2, 2, 2), 32, 1, 0.1, 0.1),
                teaching(SlideTask.BINARY));
        put(
                "teaching-regression",
                new SlideCnnOptions(16, 64, 32, List.of(2, 2, 2, 2, 2), 32, 1, 0.1, 0.1),
                teaching(SlideTask.REGRESSION));
    }

    /** For some dozens of slides: few steps an epoch, so many epochs, and patience with a validation of few slides. */
    private static SlideTrainingOptions teaching(SlideTask task) {
        return new SlideTrainingOptions(task, 300, 16, 3e-3, 0.1, 60, 1e-5, 1e-5, true, 4);
    }

    /** @throws IllegalArgumentException if a part is missing or two parts do not fit each other */
    public SlideCnnSettings {
        if (slideCnn == null || training == null) {
            throw new IllegalArgumentException("settings need slideCnn and training");
        }
        training.task().requireOutputs(slideCnn.outputs());
    }

    private static void put(String name, SlideCnnOptions network, SlideTrainingOptions training) {
        PRESETS.put(name, new SlideCnnSettings(name, 0, network, training));
    }

    /** The names of the presets. */
    public static List<String> presets() {
        return List.copyOf(PRESETS.keySet());
    }

    /**
     * A preset.
     *
     * @param name paper or paper-regression (codes of 128 values), synthetic (of 16, ten classes), teaching or
     *     teaching-regression (two cores)
     * @throws InputException for any other name; lists those that there are
     */
    public static SlideCnnSettings preset(String name) {
        SlideCnnSettings found = PRESETS.get(name);
        if (found == null) {
            throw new InputException("unknown preset '" + name + "' of networks of compressed slides; choose one of "
                    + String.join(", ", PRESETS.keySet()));
        }
        return found;
    }

    @Override
    public SlideCnnSettings withSeed(long other) {
        return new SlideCnnSettings(preset, other, slideCnn, training);
    }

    @Override
    public YamlOptions<SlideCnnSettings> yaml() {
        return YAML;
    }

    /**
     * Reads settings.
     *
     * @throws InputException if the file is missing, not YAML, or holds an unknown or impossible option; names it
     */
    public static SlideCnnSettings read(Path file) {
        return YAML.read(file);
    }
}
