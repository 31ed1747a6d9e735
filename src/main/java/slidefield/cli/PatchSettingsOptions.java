package slidefield.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import slidefield.io.InputException;
import slidefield.patch.PatchSettings;

/** The options that make up the settings of a patch network's run. */
final class PatchSettingsOptions extends RunOptions {
    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "unet (default), mrn-unet, mrn-bilinear, mrn-transposed or transunet.")
    private String network;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one setting, such as training.epochs=40 or patches.scale=4; repeat for more.")
    private List<String> changes = new ArrayList<>();

    @Override
    List<String> changes() {
        return changes;
    }

    /**
     * The network's preset with all changes.
     *
     * @throws InputException if network, preset, key or value is not known; names it
     */
    PatchSettings settings() {
        PatchSettings made = PatchSettings.preset(network == null ? "unet" : network, preset())
                .with(changes);
        made = precision().map(made::with).orElse(made);
        return seed().isPresent() ? made.withSeed(seed().getAsLong()) : made;
    }

    /**
     * The settings of a run that is resumed, which cannot be changed.
     *
     * @throws InputException if a change was asked for
     */
    PatchSettings unchanged(PatchSettings stored) {
        requireNone();
        if (network != null) {
            throw new InputException("--resume goes on with the run's own network; leave --network out");
        }
        return stored;
    }
}
