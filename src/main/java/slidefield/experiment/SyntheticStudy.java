package slidefield.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.data.SyntheticManifest;
import slidefield.nic.DigitSets;
import slidefield.nic.EncoderSettings;
import slidefield.nic.SlideCnn;
import slidefield.nic.SlideCnnOptions;
import slidefield.nic.SlideTrainingOptions;
import slidefield.nic.SyntheticPart;
import slidefield.nic.SyntheticSet;
import slidefield.nic.TrainedSlideCnn;
import slidefield.nn.Engine;

/** What the experiments on synthetic images have in common: images, sizes, encoders and networks. */
final class SyntheticStudy implements AutoCloseable {
    private final ExperimentContext<SyntheticManifest> context;
    private final SyntheticSizes sizes;
    private final SyntheticSet set;
    private final SyntheticCompression compression;
    private final SyntheticNetworkRuns networks;

    private SyntheticStudy(ExperimentContext<SyntheticManifest> context, SyntheticSizes sizes) {
        this.context = context;
        this.sizes = sizes;
        SyntheticManifest manifest = context.manifest();
        set = new SyntheticSet(manifest.options(), DigitSets.find(context.data(), manifest.seed()), manifest.seed());
        Runs runs = new Runs(context);
        compression = new SyntheticCompression(context, set, new SyntheticEncoderRuns(context, runs, set));
        networks = new SyntheticNetworkRuns(context, runs, compression);
    }

    /**
     * @param given images, size and changes
     * @param experiment its name
     * @throws slidefield.io.InputException if a change would do nothing or cannot be made, or the folder holds runs
     */
    static SyntheticStudy of(ExperimentContext<SyntheticManifest> given, String experiment) {
        Set<String> groups = new TreeSet<>(Changes.EACH_ENCODER);
        groups.addAll(Set.of(Changes.ENCODERS, Changes.SLIDES, Changes.SYNTHETIC));
        given.changes().require(experiment, false, groups);
        SyntheticSizes sizes = new SyntheticSizes(given.size(), given.changes());
        return new SyntheticStudy(given.withManifest(sizes.manifest(given.manifest())), sizes);
    }

    /** Images as they are used, seeds, size. */
    ExperimentContext<SyntheticManifest> context() {
        return context;
    }

    /** What is varied. */
    SyntheticSizes sizes() {
        return sizes;
    }

    /** An encoder and its network as the figures have them where nothing else is said. */
    SyntheticSetup setup(String encoder) {
        return setup(
                sizes.encoder(encoder), sizes.strides().get(0), sizes.percents().get(0));
    }

    /** The same with codes of so many values. */
    SyntheticSetup withCode(String encoder, int code) {
        SyntheticSetup usual = setup(encoder);
        return setup(usual.encoder().with("encoder.code", Integer.toString(code)), usual.stride(), usual.percent());
    }

    /** The same with another stride. */
    SyntheticSetup withStride(String encoder, int stride) {
        SyntheticSetup usual = setup(encoder);
        return setup(usual.encoder(), stride, usual.percent());
    }

    /** The same with so many percent of the images to learn from. */
    SyntheticSetup withPercent(String encoder, int percent) {
        SyntheticSetup usual = setup(encoder);
        return setup(usual.encoder(), usual.stride(), percent);
    }

    private SyntheticSetup setup(EncoderSettings encoder, int stride, int percent) {
        int places = (context.manifest().size() - 1) / stride + 1;
        return new SyntheticSetup(
                encoder, stride, percent, sizes.network(encoder.encoder().code(), places));
    }

    /** Images that a network learns from. */
    int images(SyntheticSetup setup) {
        SyntheticPart fold = SyntheticPart.fold(context.manifest().training(), 0);
        return (SyntheticPart.FOLDS - 1) * fold.first(setup.percent() / 100.0).count();
    }

    /**
     * Trains what is not there yet.
     *
     * @param setups each once; those of one encoder and stride are best neighbours
     * @return what the networks of all seeds say of the test images
     * @throws slidefield.io.InputException if a run is there that was made otherwise; before anything is trained
     */
    Map<SyntheticSetup, List<SyntheticAnswers>> answers(Collection<SyntheticSetup> setups) {
        for (long seed : context.seeds()) {
            setups.forEach(setup -> networks.require(setup.withSeed(seed)));
        }
        Map<SyntheticSetup, List<SyntheticAnswers>> answers = new LinkedHashMap<>();
        for (long seed : context.seeds()) {
            for (SyntheticSetup setup : setups) {
                context.listener().notice(setup.run() + ", seed " + seed);
                answers.computeIfAbsent(setup, of -> new ArrayList<>()).add(networks.answers(setup.withSeed(seed)));
            }
        }
        return answers;
    }

    /** The network of one seed that {@link #answers} was asked for. */
    TrainedSlideCnn network(SyntheticSetup seeded, Engine engine) {
        return networks.network(seeded, engine);
    }

    /** The test images, compressed by the encoder of one seed. */
    void test(SyntheticSetup seeded, ObjIntConsumer<SyntheticCompression.Test> use) {
        compression.test(seeded, use);
    }

    /**
     * Where numbers come from.
     *
     * @param used the encoders in the figure
     */
    Origin origin(List<String> used) {
        SyntheticManifest manifest = context.manifest();
        boolean paper = context.size() == Size.PAPER && context.changes().all().isEmpty();
        List<String> data = new ArrayList<>();
        data.add("Images: " + Origin.named(manifest.name(), manifest.description()) + ", "
                + text(manifest)
                + ". The paper's are 25,000 to learn from and 25,000 to test of 3600 x 3600 pixels with"
                + " 25,920 digits: compare " + (paper ? "the numbers, too" : "the pattern, not the numbers"));
        data.add("Digits to learn from: " + set.digits().training().origin() + "; to test with: "
                + set.digits().test().origin());
        data.add(
                "Of the images to learn from, a tenth is for encoders, the rest is dealt to four folds; the fold of the"
                        + " seed's number modulo 4 chooses the best weights, the other three train");
        data.add(
                manifest.shift() == 0
                        ? "The supervised encoder learns from digits in the middle of their patch"
                        : "The supervised encoder learns from digits that are moved by up to " + manifest.shift()
                                + " pixels, as they are in the images' patches (a choice; `--set synthetic.shift=0` leaves"
                                + " them in the middle)");
        List<String> models = new ArrayList<>();
        for (String encoder : used) {
            EncoderSettings settings = sizes.encoder(encoder);
            models.add(encoder + ": "
                    + of(settings.encoder().build(DataType.FLOAT, 0).parameterCount()) + " parameters, "
                    + of(settings.patches().training()) + " patches or pairs, "
                    + (settings.training().iterations() > 0
                            ? of(settings.training().iterations()) + " steps"
                            : "at most " + settings.training().epochs() + " epochs"));
        }
        SyntheticSetup usual = setup(NicPaper.ORACLE);
        SlideCnnOptions network = usual.network().slideCnn();
        SlideTrainingOptions training = usual.network().training();
        models.add(
                "Network: " + of(new SlideCnn(network, DataType.FLOAT, 0).parameterCount()) + " parameters at stride "
                        + usual.stride() + ", where it sees a grid of " + network.crop() + " x " + network.crop()
                        + " codes as a"
                        + " whole, as at every stride; " + of(images(usual)) + " images, at most " + training.epochs()
                        + " epochs in batches of " + training.batch());
        return new Origin(data, models);
    }

    private static String text(SyntheticManifest manifest) {
        return of(manifest.training()) + " to learn from and " + of(manifest.test()) + " to test of " + manifest.size()
                + " x " + manifest.size() + " pixels with "
                + of(manifest.options().digits()) + " digits";
    }

    private static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    @Override
    public void close() {
        compression.close();
    }
}
