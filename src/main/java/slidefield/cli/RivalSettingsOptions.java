package slidefield.cli;

import java.util.ArrayList;
import picocli.CommandLine.Option;
import slidefield.swipe.RivalSettings;

/** The options that make up the settings of a run of one of SwIPE's rivals. */
final class RivalSettingsOptions extends PresetOptions<RivalSettings> {
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
    RivalSettings of(String name) {
        return RivalSettings.preset(name);
    }

    @Override
    String usual() {
        return "unet-teaching";
    }
}
