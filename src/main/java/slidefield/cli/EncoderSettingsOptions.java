package slidefield.cli;

import java.util.ArrayList;
import picocli.CommandLine.Option;
import slidefield.nic.EncoderSettings;

/** The options that make up the settings of a run of an encoder. */
final class EncoderSettingsOptions extends PresetOptions<EncoderSettings> {
    /** The names of all presets, for the help. */
    static final class Presets extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Presets() {
            super(EncoderSettings.presets());
        }
    }

    @Option(
            names = "--preset",
            paramLabel = "P",
            completionCandidates = Presets.class,
            description = "How it learns, and the size (default: vae-teaching): ${COMPLETION-CANDIDATES}. Those without"
                    + " -teaching have the paper's size.")
    private String preset;

    @Override
    String preset() {
        return preset;
    }

    @Override
    EncoderSettings of(String name) {
        return EncoderSettings.preset(name);
    }

    @Override
    String usual() {
        return "vae-teaching";
    }
}
