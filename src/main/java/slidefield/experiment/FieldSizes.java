package slidefield.experiment;

import java.util.List;
import slidefield.fit.Settings;
import slidefield.fit.TrainingOptions;

/** The field's settings at every size. */
final class FieldSizes {
    private FieldSizes() {}

    /** For comparisons with other methods; seed 0. */
    static Settings of(Size size) {
        return switch (size) {
            case QUICK -> Settings.preset("teaching")
                    .with(List.of(
                            "training.reconstructionEpochs=2",
                            "training.lesionEpochs=2",
                            "training.latents.virtualSlides=0",
                            "ito.epochs=2"));
            case NORMAL -> Settings.preset("teaching")
                    .with(List.of("training.reconstructionEpochs=15", "training.latents.virtualSlides=1"));
            case PAPER -> Settings.preset("paper");
        };
    }

    /** For comparisons of encodings, of which the fixed ones have nothing to fit to virtual slides. */
    static Settings ofEncodings(Size size) {
        return switch (size) {
            case QUICK -> of(size).with(List.of("training.reconstructionEpochs=1", "training.lesionEpochs=1"));
            case NORMAL -> of(size).with(List.of(
                    "training.reconstructionEpochs=10", "training.lesionEpochs=8", "training.latents.virtualSlides=0"));
            case PAPER -> of(size);
        };
    }

    /**
     * For slides that are fitted many times, with levels closed. The fits of the normal size end where the paper's stop
     * rule ends them, after about six epochs.
     */
    static Settings ofLevels(Size size) {
        return size == Size.NORMAL ? of(size).with("ito.epochs", "6") : of(size);
    }

    /** For a report. */
    static String text(Settings settings) {
        TrainingOptions training = settings.training();
        String virtual = training.latents().virtualSlides() == 0
                ? ""
                : ", " + training.latents().virtualSlides() + " virtual slide(s) per training slide";
        return "Field: preset `" + settings.preset() + "`, windows of " + training.window() + " px, "
                + training.reconstructionEpochs() + " epochs of reconstruction, " + training.lesionEpochs()
                + " of segmentation" + virtual + "; inference-time optimisation of up to "
                + settings.ito().epochs() + " epochs"
                + (settings.ito().stopRule() ? " with the paper's stop rule" : "");
    }
}
