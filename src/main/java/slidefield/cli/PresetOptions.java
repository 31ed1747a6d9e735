package slidefield.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import slidefield.fit.YamlSettings;
import slidefield.io.InputException;

/**
 * The options that make up the settings of a run: a preset, changes of it, a seed.
 *
 * @param <S> what the settings are
 */
abstract class PresetOptions<S extends YamlSettings<S>> {
    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "Seed of every random choice (default: 0); also of the splits, where an image set is dealt by chance.")
    private Long seed;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one setting, such as training.batch=4; repeat for more; an unknown one lists all.")
    private List<String> changes = new ArrayList<>();

    /** The preset's name; null if none was given. */
    abstract String preset();

    /**
     * The settings of a preset.
     *
     * @throws InputException if there is none of the name; lists those that there are
     */
    abstract S of(String name);

    /** The name of the preset that is taken where none is given. */
    abstract String usual();

    /**
     * The preset with all changes.
     *
     * @throws InputException if preset, key or value is not known; names it
     */
    final S settings() {
        S made = of(preset() == null ? usual() : preset()).with(changes);
        return seed == null ? made : made.withSeed(seed);
    }

    /**
     * The settings of a run that is resumed, which cannot be changed.
     *
     * @throws InputException if a change was asked for
     */
    final S unchanged(S stored) {
        if (preset() != null || seed != null || !changes.isEmpty()) {
            throw new InputException(
                    "--resume goes on with the run's own settings; leave --preset, --set and --seed out");
        }
        return stored;
    }
}
