package slidefield.cli;

import picocli.CommandLine.Option;
import slidefield.swipe.SwipeSettings;

/** The options that make up the settings of a SwIPE's run. */
final class SwipeSettingsOptions extends PresetOptions<SwipeSettings> {
    @Option(
            names = "--preset",
            paramLabel = "P",
            description = "teaching (default), released (the authors' code) or paper (its formulas).")
    private String preset;

    @Override
    String preset() {
        return preset;
    }

    @Override
    SwipeSettings of(String name) {
        return SwipeSettings.preset(name);
    }

    @Override
    String usual() {
        return "teaching";
    }
}
