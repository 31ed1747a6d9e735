package slidefield.cli;

import java.util.List;
import picocli.CommandLine.Option;
import slidefield.swipe.SwipeSettings;

/** The options that make up the settings of a SwIPE's run. */
final class SwipeSettingsOptions extends ImageSettingsOptions<SwipeSettings> {
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
    SwipeSettings chosen(List<String> with) {
        return SwipeSettings.preset(preset == null ? "teaching" : preset).with(with);
    }

    @Override
    SwipeSettings withSeed(SwipeSettings settings, long other) {
        return settings.withSeed(other);
    }
}
