package slidefield.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import slidefield.fit.Settings;
import slidefield.io.InputException;
import slidefield.nn.Precision;

/** The options that make up a run's settings. */
final class SettingsOptions {
    @Option(names = "--preset", paramLabel = "P", description = "teaching (default) or paper.")
    private String preset;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one setting, such as training.lesionEpochs=40; repeat for more.")
    private List<String> changes = new ArrayList<>();

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "f32 (default), or bf16: about twice as fast where the processor multiplies it.")
    private String precision;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of every random choice (default: 0).")
    private Long seed;

    /**
     * The preset with all changes.
     *
     * @throws InputException if preset, key or value is not known; names it
     */
    Settings settings() {
        Settings made = Settings.preset(preset == null ? "teaching" : preset).with(changes);
        if (precision != null) {
            made = made.with(Precision.of(precision));
        }
        return seed == null ? made : made.withSeed(seed);
    }

    /**
     * The settings of a run that is resumed, which cannot be changed.
     *
     * @throws InputException if a change was asked for
     */
    Settings unchanged(Settings stored) {
        if (preset != null || seed != null || precision != null || !changes.isEmpty()) {
            throw new InputException("--resume goes on with the run's own settings; leave --preset, --set, --precision"
                    + " and --seed out");
        }
        return stored;
    }
}
