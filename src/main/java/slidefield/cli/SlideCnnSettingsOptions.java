package slidefield.cli;

import java.util.ArrayList;
import picocli.CommandLine.Option;
import slidefield.nic.SlideCnnSettings;

/** The options that make up the settings of a run of a network of compressed slides. */
final class SlideCnnSettingsOptions extends PresetOptions<SlideCnnSettings> {
    /** The names of all presets, for the help. */
    static final class Presets extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Presets() {
            super(SlideCnnSettings.presets());
        }
    }

    @Option(
            names = "--preset",
            paramLabel = "P",
            completionCandidates = Presets.class,
            description = "The size, and what is predicted (default: teaching): ${COMPLETION-CANDIDATES}. Those with"
                    + " -regression predict a number.")
    private String preset;

    @Override
    String preset() {
        return preset;
    }

    @Override
    SlideCnnSettings of(String name) {
        return SlideCnnSettings.preset(name);
    }

    @Override
    String usual() {
        return "teaching";
    }
}
