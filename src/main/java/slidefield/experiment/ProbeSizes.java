package slidefield.experiment;

import java.util.List;
import slidefield.fit.Check;
import slidefield.fit.PlateauSchedule;
import slidefield.fit.YamlOptions;
import slidefield.nic.EncoderTrainingOptions;
import slidefield.nic.ProbeOptions;

/**
 * How encoders' codes are judged in Table 1 of Neural Image Compression: on how many patches, and by which small network.
 *
 * @param width values between a code and its logits
 * @param patches how many
 * @param training of the small network
 */
record ProbeSizes(int width, Patches patches, EncoderTrainingOptions training) {
    private static final YamlOptions<ProbeSizes> YAML = new YamlOptions<>(ProbeSizes.class, "probe.patches.test=500");

    /**
     * Numbers of patches, for either task.
     *
     * @param training to learn from
     * @param validation to choose the weights by
     * @param test to report about
     */
    record Patches(int training, int validation, int test) {
        Patches {
            Check.between("patches.training", training, 2, 10_000_000);
            Check.between("patches.validation", validation, 2, 10_000_000);
            Check.between("patches.test", test, 2, 10_000_000);
        }
    }

    ProbeSizes {
        Check.between("width", width, 1, 65536);
        if (patches == null || training == null) {
            throw new IllegalArgumentException("patches and training are expected");
        }
    }

    /** The paper's network; at its size its numbers of tumour patches. */
    static ProbeSizes of(Size size) {
        ProbeOptions paper = ProbeOptions.paper(0);
        Patches patches =
                switch (size) {
                    case QUICK -> new Patches(96, 48, 96);
                    case NORMAL -> new Patches(2000, 1000, 2000);
                    case PAPER -> new Patches(50_000, 10_000, 50_000);
                };
        return new ProbeSizes(
                paper.width(), patches, size == Size.PAPER ? paper.training() : shorter(paper.training()));
    }

    /** At most 60 epochs: the rate is at its floor before where nothing gets better. */
    private static EncoderTrainingOptions shorter(EncoderTrainingOptions paper) {
        PlateauSchedule schedule = paper.schedule();
        return new EncoderTrainingOptions(
                paper.batch(), Math.min(60, paper.epochs()), 0, schedule, paper.beta1(), paper.beta2());
    }

    /** @throws slidefield.io.InputException if a key is not known or a value does not fit */
    ProbeSizes with(List<String> changes) {
        return YAML.with(this, changes);
    }

    /** The small network's options. */
    ProbeOptions options(long seed) {
        return new ProbeOptions(seed, width, training);
    }

    /** For a report. */
    String text() {
        return "The network on the codes has " + width + " values in its hidden layer, learns from " + patches.training
                + " patches per task, is chosen by " + patches.validation + " and judged on " + patches.test
                + ", for up to " + training.epochs() + " epochs";
    }
}
