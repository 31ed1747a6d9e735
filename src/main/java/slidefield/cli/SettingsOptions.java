package slidefield.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import slidefield.fit.Settings;

/** The options that make up the settings of a field's run. */
final class SettingsOptions extends RunOptions {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one setting, such as training.lesionEpochs=40; repeat for more.")
    private List<String> changes = new ArrayList<>();

    @Override
    List<String> changes() {
        return changes;
    }

    /**
     * The preset with all changes.
     *
     * @throws slidefield.io.InputException if preset, key or value is not known; names it
     */
    Settings settings() {
        Settings made = Settings.preset(preset()).with(changes);
        made = precision().map(made::with).orElse(made);
        return seed().isPresent() ? made.withSeed(seed().getAsLong()) : made;
    }

    /**
     * The settings of a run that is resumed, which cannot be changed.
     *
     * @throws slidefield.io.InputException if a change was asked for
     */
    Settings unchanged(Settings stored) {
        requireNone();
        return stored;
    }
}
