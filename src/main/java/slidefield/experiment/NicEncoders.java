package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import slidefield.data.Manifest;
import slidefield.io.InputException;
import slidefield.nic.EncoderSettings;
import slidefield.nic.MeanRgb;
import slidefield.nic.PatchEncoder;
import slidefield.nic.PublishedEncoder;
import slidefield.nn.Engine;

/**
 * The encoders whose codes an experiment compares: those of the paper, trained on the second manifest into the experiment's
 * runs, mean-RGB, and the published BiGAN's where it is at hand and the patches have its resolution.
 */
final class NicEncoders {
    /** The rows of Tables 2 and 3. */
    static final List<String> ALL =
            List.of(NicPaper.VAE, NicPaper.CONTRASTIVE, NicPaper.BIGAN, NicPaper.MEAN_RGB, NicPaper.SUPERVISED_TUMOR);

    private static final PublishedEncoder PUBLISHED = PublishedEncoder.BIGAN;

    private final ExperimentContext<Manifest> learning;
    private final EncoderSizes sizes;
    private final EncoderRuns runs;
    private final double base;

    /**
     * @param given with the second data set
     * @param experiment its name, for messages
     * @param runs of the experiment
     * @throws InputException if there is no second data set, or its Base is no pixel size
     */
    NicEncoders(ExperimentContext<Manifest> given, String experiment, Runs runs) {
        DataSet<Manifest> second = given.second()
                .orElseThrow(() -> new InputException("the encoders of " + experiment
                        + " learn from slides of their own: give them with " + SecondSet.ENCODERS.option()
                        + ", such as --encoders data-manifests/phantom-nic-encoders.yaml"));
        learning = new ExperimentContext<>(
                second.manifest(),
                second.data(),
                Optional.empty(),
                given.out(),
                given.seeds(),
                given.size(),
                given.existing(),
                given.changes(),
                given.listener());
        sizes = new EncoderSizes(given.size(), given.changes());
        this.runs = new EncoderRuns(learning, runs);
        if (second.manifest().base().mpp() == null) {
            throw new InputException("manifest " + second.manifest().name()
                    + ": encoders need patches of a known pixel size; give its base as {mpp: ...}");
        }
        base = second.manifest().base().mpp();
    }

    /** The manifest that they learn from. */
    Manifest manifest() {
        return learning.manifest();
    }

    /** The names of all, in the tables' order. */
    List<String> names() {
        List<String> names = new ArrayList<>(ALL);
        if (PUBLISHED.file(learning.data()).isPresent() && PublishedEncoder.fits(mpp(NicPaper.BIGAN))) {
            names.add(PUBLISHED.title());
        }
        return names;
    }

    /** Whether its codes are the same whatever the seed: nothing of it is learnt here. */
    boolean isFixed(String encoder) {
        return encoder.equals(NicPaper.MEAN_RGB) || encoder.equals(PUBLISHED.title());
    }

    /** Its name in folders. */
    static String key(String encoder) {
        return encoder.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private EncoderSettings settings(String encoder) {
        return sizes.of(isFixed(encoder) ? NicPaper.VAE : encoder);
    }

    /** Micrometres per pixel of its patches. */
    double mpp(String encoder) {
        return base * settings(encoder).patches().scale();
    }

    /** Refuses runs that were made otherwise, before anything is trained. */
    void require() {
        for (String encoder : ALL) {
            if (!isFixed(encoder)) {
                for (long seed : learning.seeds()) {
                    runs.require(
                            "encoder-" + key(encoder), seed, settings(encoder).withSeed(seed));
                }
            }
        }
    }

    /**
     * One of them; trained first where it is not there.
     *
     * @param encoder its name
     * @param seed of its training
     * @return to be closed
     */
    PatchEncoder open(String encoder, long seed) {
        if (encoder.equals(NicPaper.MEAN_RGB)) {
            return new MeanRgb(settings(encoder).encoder().patch(), 3);
        }
        if (encoder.equals(PUBLISHED.title())) {
            return PUBLISHED.open(learning.data(), Engine.preferred());
        }
        return runs.of("encoder-" + key(encoder), seed, settings(encoder).withSeed(seed))
                .encoder(Engine.preferred());
    }

    /** For a report. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (String encoder : ALL) {
            if (!isFixed(encoder)) {
                EncoderSettings settings = settings(encoder);
                texts.add(encoder + ": preset `" + settings.preset() + "`, "
                        + settings.patches().training() + " patches of "
                        + settings.encoder().patch() + " px at " + mpp(encoder) + " µm, codes of "
                        + settings.encoder().code() + " values");
            }
        }
        return texts;
    }
}
