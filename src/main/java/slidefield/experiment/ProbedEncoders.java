package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slidefield.data.Manifest;
import slidefield.fit.Seeds;
import slidefield.io.InputException;
import slidefield.nic.EncoderOptions;
import slidefield.nic.EncoderSettings;
import slidefield.nic.MeanRgb;
import slidefield.nic.PatchEncoder;
import slidefield.nic.PatchLabels;
import slidefield.nic.PublishedEncoder;
import slidefield.nic.TrainedEncoder;
import slidefield.nn.Engine;

/**
 * The encoders of Table 1 of Neural Image Compression on one data set: those that are trained, mean-RGB, one with random
 * weights, and the authors' published ones where the data root has them and Base has their pixels. All see the same part of a slide.
 */
final class ProbedEncoders {
    /** Side of the paper's patches: 128 pixels of 0.5 um. */
    private static final double FIELD_MICROMETRES = 64;

    /** The row of random weights. */
    static final String UNTRAINED = "Untrained";

    private final ExperimentContext<Manifest> context;
    private final Map<String, EncoderSettings> settings = new LinkedHashMap<>();
    private final int side;

    /** @throws InputException if the encoders see parts of different size */
    ProbedEncoders(ExperimentContext<Manifest> context) {
        this.context = context;
        List<String> names = new ArrayList<>(NicPaper.UNSUPERVISED);
        names.add(NicPaper.SUPERVISED_TUMOR);
        if (PatchTask.labels(context.manifest()).contains(PatchLabels.TISSUE)) {
            names.add(NicPaper.SUPERVISED_TISSUE);
        }
        names.forEach(name -> settings.put(name, settings(name)));
        side = side(settings.get(NicPaper.VAE));
        settings.forEach((name, each) -> {
            if (side(each) != side) {
                throw new InputException("all encoders must see the same part of a slide, and " + NicPaper.VAE
                        + " sees " + side + " pixels of Base a side, " + name + " " + side(each)
                        + " (encoder.patch times patches.scale); change both for all with encoders.");
            }
        });
    }

    private static int side(EncoderSettings settings) {
        return settings.encoder().patch() * settings.patches().scale();
    }

    /** Pixels of Base along both sides of a patch. */
    int side() {
        return side;
    }

    private EncoderSettings settings(String name) {
        EncoderSettings plain = new EncoderSizes(context.size(), context.changes()).of(name);
        List<String> changes = new ArrayList<>();
        if (name.equals(NicPaper.SUPERVISED_TISSUE)) {
            changes.add("objective.classes=" + context.manifest().tissues().size());
        }
        boolean chosen = context.changes().all().stream().anyMatch(change -> change.contains("patches.scale"));
        Double mpp = context.manifest().base().mpp();
        if (mpp != null && !chosen) {
            long scale = Math.round(FIELD_MICROMETRES / (plain.encoder().patch() * mpp));
            changes.add("patches.scale=" + Math.max(1, scale));
        }
        return plain.with(changes);
    }

    /** Refuses kept runs that were made otherwise, before anything is trained. */
    void require(Runs runs) {
        EncoderRuns kept = new EncoderRuns(context, runs);
        for (long seed : context.seeds()) {
            settings.forEach((name, each) -> kept.require(ProbedEncoder.run(name), seed, each.withSeed(seed)));
        }
    }

    /** All rows in the paper's order, the published ones last. */
    List<ProbedEncoder> rows(Runs runs) {
        EncoderRuns kept = new EncoderRuns(context, runs);
        List<ProbedEncoder> rows = new ArrayList<>();
        NicPaper.UNSUPERVISED.forEach(name -> rows.add(trained(name, kept)));
        rows.add(new ProbedEncoder(
                NicPaper.MEAN_RGB,
                NicPaper.MEAN_RGB,
                NicPaper.MEAN_RGB + ": the mean of each colour, not trained",
                false,
                seed -> new MeanRgb(side, 3)));
        rows.add(untrained());
        Stream.of(NicPaper.SUPERVISED_TUMOR, NicPaper.SUPERVISED_TISSUE)
                .filter(settings::containsKey)
                .forEach(name -> rows.add(trained(name, kept)));
        Stream.of(PublishedEncoder.values())
                .filter(each -> fitsPublished() && each.file(context.data()).isPresent())
                .forEach(each -> rows.add(published(each)));
        return rows;
    }

    private ProbedEncoder trained(String name, EncoderRuns kept) {
        EncoderSettings each = settings.get(name);
        String text = name + ": preset `" + each.preset() + "`, patches of "
                + each.encoder().patch() + " px at Base/" + each.patches().scale() + ", codes of "
                + each.encoder().code() + ", " + each.patches().training() + " patches to learn from, "
                + (each.training().iterations() > 0
                        ? each.training().iterations() + " steps of "
                        : "up to " + each.training().epochs() + " epochs of batches of ")
                + each.training().batch();
        return new ProbedEncoder(
                name, name, text, true, seed -> kept.of(ProbedEncoder.run(name), seed, each.withSeed(seed))
                        .encoder(Engine.preferred()));
    }

    /** Not in the paper: what codes tell without any training, which the trained ones have to be held against. */
    private ProbedEncoder untrained() {
        EncoderOptions options = settings.get(NicPaper.CONTRASTIVE).encoder();
        return new ProbedEncoder(
                UNTRAINED,
                UNTRAINED,
                UNTRAINED + ": the contrastive encoder's network with its first, random weights",
                false,
                seed -> {
                    Engine engine = Engine.preferred();
                    return new TrainedEncoder(options, options.build(engine.type(), Seeds.derive(seed, "untrained")))
                            .encoder(engine);
                });
    }

    private ProbedEncoder published(PublishedEncoder each) {
        return new ProbedEncoder(
                each.title(),
                each == PublishedEncoder.BIGAN ? NicPaper.BIGAN : each.title(),
                each.title() + ": the authors' `" + each.path() + "`, not trained here",
                false,
                seed -> each.open(context.data(), Engine.preferred()));
    }

    /** Whether patches are those that the published encoders were trained on: 128 pixels of about 0.5 um. */
    private boolean fitsPublished() {
        Double mpp = context.manifest().base().mpp();
        return mpp != null && side % MeanRgb.PATCH == 0 && PublishedEncoder.fits(side * mpp / MeanRgb.PATCH);
    }

    /** Why there is no published encoder among the rows, for a report; empty where there is one. */
    String withoutPublished(List<ProbedEncoder> rows) {
        if (rows.stream().anyMatch(row -> row.name().contains("published"))) {
            return "";
        }
        return "No published encoder: "
                + (fitsPublished()
                        ? "the data root has no "
                                + Stream.of(PublishedEncoder.values())
                                        .map(PublishedEncoder::path)
                                        .collect(Collectors.joining(" or "))
                        : "they want patches of 128 pixels of 0.5 µm, and these are " + side + " pixels of "
                                + context.manifest().base().mpp() + " µm");
    }

    /** Opens an encoder and checks that patches of the data set can be averaged to its size. */
    PatchEncoder open(ProbedEncoder row, long seed) {
        PatchEncoder encoder = row.open().apply(seed);
        if (side % encoder.patch() != 0) {
            encoder.close();
            throw new InputException(row.name() + " wants patches of " + encoder.patch() + " pixels, and " + side
                    + " pixels of Base are no multiple of them; choose another encoder.patch");
        }
        return encoder;
    }

    /** A task's patches in an encoder's pixels. */
    PatchTask seen(PatchTask task, PatchEncoder encoder) {
        return task.averaged(side / encoder.patch());
    }
}
