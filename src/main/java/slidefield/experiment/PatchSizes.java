package slidefield.experiment;

import java.util.List;
import slidefield.patch.PatchSettings;
import slidefield.patch.PatchTrainingOptions;

/** The patch networks' settings at every size; seed 0. */
final class PatchSizes {
    private PatchSizes() {}

    /**
     * @param network as {@link PatchSettings#networks} has it
     * @param size how much of everything
     * @param changes of the form {@code training.epochs=3}, made last
     */
    static PatchSettings of(String network, Size size, List<String> changes) {
        PatchSettings settings = size == Size.PAPER
                ? PatchSettings.preset(network, "paper")
                : PatchSettings.preset(network).with(shorter(size));
        return settings.with(changes);
    }

    /** Of the teaching presets: Table 1 trains them and the field with three seeds in half an hour. */
    private static List<String> shorter(Size size) {
        return size == Size.QUICK
                ? List.of("training.epochs=3", "training.stepsPerEpoch=40", "patches.validationPatches=8")
                : List.of("training.epochs=8");
    }

    /** For a report. */
    static String text(String name, PatchSettings settings) {
        PatchTrainingOptions training = settings.training();
        return name + ": preset `" + settings.preset() + "`, patches of "
                + settings.patches().size() + " px, up to " + training.epochs() + " epochs of "
                + training.stepsPerEpoch() + " steps of " + training.batch() + " patches";
    }
}
