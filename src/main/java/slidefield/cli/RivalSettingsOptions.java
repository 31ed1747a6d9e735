package slidefield.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import slidefield.swipe.RivalSettings;

/** The options that make up the settings of a run of one of SwIPE's rivals. */
final class RivalSettingsOptions extends ImageSettingsOptions<RivalSettings> {
    /** The names of all presets, for the help. */
    static final class Presets extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Presets() {
            super(RivalSettings.presets());
        }
    }

    @Option(
            names = "--preset",
            paramLabel = "P",
            completionCandidates = Presets.class,
            description = "The network and its size (default: unet-teaching): ${COMPLETION-CANDIDATES}. Those without"
                    + " -teaching have the paper's size.")
    private String preset;

    @Override
    String preset() {
        return preset;
    }

    @Override
    RivalSettings chosen(List<String> with) {
        return RivalSettings.preset(preset == null ? "unet-teaching" : preset).with(with);
    }

    @Override
    RivalSettings withSeed(RivalSettings settings, long other) {
        return settings.withSeed(other);
    }
}
