package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import slidefield.nic.EncoderSettings;

/**
 * The settings of the encoders of patches at every size; seed 0. Below the paper's size all are the narrow ones of the
 * teaching presets.
 *
 * @param size how much of everything
 * @param changes made last
 */
record EncoderSizes(Size size, Changes changes) {
    /** Presets by the encoders' names in the paper's tables; the first word is the group of options. */
    static final Map<String, String> PRESETS = Map.of(
            NicPaper.VAE, "vae",
            NicPaper.CONTRASTIVE, "contrastive",
            NicPaper.BIGAN, "bigan",
            NicPaper.SUPERVISED_TUMOR, "supervised",
            NicPaper.SUPERVISED_TISSUE, "supervised-tissue");

    /**
     * @param encoder its name in the paper's tables, one that is trained
     * @return its settings
     */
    EncoderSettings of(String encoder) {
        String preset = PRESETS.get(encoder);
        EncoderSettings settings = EncoderSettings.preset(size == Size.PAPER ? preset : preset + "-teaching");
        List<String> wanted = new ArrayList<>(size == Size.QUICK ? shorter(settings) : List.of());
        wanted.addAll(changes.of(Changes.ENCODERS, preset.split("-", 2)[0]));
        return settings.with(wanted);
    }

    /** Changes that leave no more of a training than shows that it runs. */
    static List<String> shorter(EncoderSettings settings) {
        List<String> few = new ArrayList<>(List.of("patches.training=64", "training.batch=16"));
        if (settings.objective().validates()) {
            few.addAll(List.of("patches.validation=32", "training.epochs=2"));
        } else {
            few.add("training.iterations=8");
        }
        return few;
    }
}
