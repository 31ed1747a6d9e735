package slidefield.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import slidefield.io.InputException;
import slidefield.swipe.SwipeSettings;

/** The options that make up the settings of a SwIPE's run. */
final class SwipeSettingsOptions {
    @Option(
            names = "--preset",
            paramLabel = "P",
            description = "teaching (default), released (the authors' code) or paper (its formulas).")
    private String preset;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of every random choice, the splits among them (default: 0).")
    private Long seed;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one setting, such as training.size=96 or optimisation.epochs=20; repeat for more.")
    private List<String> changes = new ArrayList<>();

    /**
     * The preset with all changes.
     *
     * @throws InputException if preset, key or value is not known; names it
     */
    SwipeSettings settings() {
        SwipeSettings made =
                SwipeSettings.preset(preset == null ? "teaching" : preset).with(changes);
        return seed == null ? made : made.withSeed(seed);
    }

    /**
     * The settings of a run that is resumed, which cannot be changed.
     *
     * @throws InputException if a change was asked for
     */
    SwipeSettings unchanged(SwipeSettings stored) {
        if (preset != null || seed != null || !changes.isEmpty()) {
            throw new InputException(
                    "--resume goes on with the run's own settings; leave --preset, --set and --seed out");
        }
        return stored;
    }
}
