package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import slidefield.data.SyntheticManifest;
import slidefield.data.SyntheticOptions;
import slidefield.fit.YamlOptions;
import slidefield.nic.EncoderSettings;
import slidefield.nic.SlideCnnSettings;

/**
 * Images, encoders and networks of the experiments on synthetic images at every size; seed 0. The paper's values of what is
 * varied in its Figure 6 cannot be read from its picture; those here are choices.
 *
 * @param size how much of everything
 * @param changes made last
 */
record SyntheticSizes(Size size, Changes changes) {
    /** Groups of options by the encoders' names; a preset's name is one with {@code -digits}. */
    static final Map<String, String> GROUPS = Map.of(
            NicPaper.ORACLE,
            "supervised",
            NicPaper.CONTRASTIVE,
            "contrastive",
            NicPaper.VAE,
            "vae",
            NicPaper.BIGAN,
            "bigan");

    private static final YamlOptions<Images> IMAGES = new YamlOptions<>(Images.class, "size=450");

    /** Below the paper's size digits lie three times as densely, so that small images have rectangles with digits, too. */
    private static final double DENSITY = 0.006;

    /** What changes of {@link Changes#SYNTHETIC} are made of. */
    record Images(int size, double density, int shrink, int training, int test, int shift) {}

    /**
     * The images that are used.
     *
     * @param given at the paper's size these, otherwise smaller and fewer ones
     * @throws slidefield.io.InputException if a change cannot be made
     */
    SyntheticManifest manifest(SyntheticManifest given) {
        SyntheticManifest sized =
                switch (size) {
                    case QUICK -> atMost(given, 180, 40, 20);
                    case NORMAL -> atMost(given, 450, 5000, 1200);
                    case PAPER -> given;
                };
        Images changed = IMAGES.with(
                new Images(
                        sized.size(), sized.density(), sized.shrink(), sized.training(), sized.test(), sized.shift()),
                changes.of(Changes.SYNTHETIC));
        SyntheticOptions options = new SyntheticOptions(changed.size(), changed.density(), changed.shrink());
        return given.with(options, changed.training(), changed.test(), changed.shift());
    }

    private static SyntheticManifest atMost(SyntheticManifest given, int pixels, int training, int test) {
        SyntheticOptions options =
                given.size() <= pixels ? given.options() : new SyntheticOptions(pixels, DENSITY, given.shrink());
        return given.with(options, Math.min(training, given.training()), Math.min(test, given.test()), given.shift());
    }

    /**
     * @param encoder its name in the paper's figures
     * @return its settings, with the code size that is not varied
     */
    EncoderSettings encoder(String encoder) {
        String group = GROUPS.get(encoder);
        EncoderSettings preset = EncoderSettings.preset(group + "-digits");
        List<String> wanted = new ArrayList<>(
                switch (size) {
                    case QUICK -> EncoderSizes.shorter(preset);
                    case NORMAL -> normal(encoder);
                    case PAPER -> List.of();
                });
        wanted.addAll(changes.of(Changes.ENCODERS, group));
        return preset.with(wanted);
    }

    private static List<String> normal(String encoder) {
        return switch (encoder) {
            case NicPaper.ORACLE -> List.of(
                    "patches.training=16000",
                    "patches.validation=4000",
                    "objective.width=64",
                    "training.epochs=10",
                    "training.schedule.patience=2");
            case NicPaper.CONTRASTIVE -> List.of(
                    "patches.training=20000",
                    "patches.validation=4000",
                    "objective.width=64",
                    "training.epochs=10",
                    "training.schedule.patience=2");
            case NicPaper.VAE -> List.of(
                    "patches.training=8000",
                    "patches.validation=2000",
                    "training.epochs=6",
                    "training.schedule.patience=2");
            case NicPaper.BIGAN -> List.of(
                    "patches.training=20000",
                    "training.iterations=1500",
                    "training.schedule.rate=0.001",
                    "training.schedule.floor=0.001");
            default -> throw new IllegalArgumentException("no encoder of synthetic images: " + encoder);
        };
    }

    /**
     * The network of compressed images. It sees a grid as a whole, whatever the stride.
     *
     * @param code values of a code
     * @param places along both sides of a grid
     */
    SlideCnnSettings network(int code, int places) {
        List<String> wanted =
                new ArrayList<>(List.of("slideCnn.code=" + code, "slideCnn.crop=" + places, "training.crops=1"));
        if (size != Size.PAPER) {
            int filters = size == Size.QUICK ? 8 : 32;
            int epochs = size == Size.QUICK ? 1 : 14;
            wanted.addAll(List.of(
                    "slideCnn.filters=" + filters,
                    "slideCnn.dense=" + filters,
                    "slideCnn.dropout=0.1",
                    "slideCnn.normMomentum=0.1",
                    "training.epochs=" + epochs,
                    "training.patience=2"));
        }
        wanted.addAll(changes.of(Changes.SLIDES));
        return SlideCnnSettings.preset("synthetic").with(wanted);
    }

    /** Values of C, ascending. */
    List<Integer> codes() {
        return switch (size) {
            case QUICK -> List.of(4, 16);
            case NORMAL -> List.of(4, 16, 32);
            case PAPER -> List.of(2, 4, 8, 16, 32, 64);
        };
    }

    /** Values of S, descending. */
    List<Integer> strides() {
        return switch (size) {
            case QUICK -> List.of(9, 6);
            case NORMAL -> List.of(9, 7, 5);
            case PAPER -> List.of(9, 7, 5, 3);
        };
    }

    /** Percent of the images of every fold that is learnt from, descending. */
    List<Integer> percents() {
        return switch (size) {
            case QUICK -> List.of(100, 50);
            case NORMAL -> List.of(100, 50, 25, 10);
            case PAPER -> List.of(100, 50, 25, 10, 5, 1);
        };
    }
}
