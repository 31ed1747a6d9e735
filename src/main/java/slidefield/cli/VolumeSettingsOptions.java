package slidefield.cli;

import picocli.CommandLine.Option;
import slidefield.swipe.volume.VolumeSettings;

/** The options that make up the settings of a volume network's run. */
final class VolumeSettingsOptions extends PresetOptions<VolumeSettings> {
    @Option(
            names = "--preset",
            paramLabel = "P",
            description =
                    "teaching (default) or unet-teaching: a small MR with two classes, two cores; paper or unet-paper:"
                            + " 13 organs in CT.")
    private String preset;

    @Override
    String preset() {
        return preset;
    }

    @Override
    VolumeSettings of(String name) {
        return VolumeSettings.preset(name);
    }

    @Override
    String usual() {
        return "teaching";
    }
}
