package slidefield.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.io.InputException;
import slidefield.nic.CodeProbe;
import slidefield.nic.PatchEncoder;
import slidefield.notebook.Charts;

/** Neural Image Compression, Table 1: what frozen encoders' codes of patches tell of tumour and of tissues. */
final class NicTable1 implements SlideExperiment {
    private static final int INITIALISATIONS = 2;

    @Override
    public String name() {
        return "nic-table1";
    }

    @Override
    public String title() {
        return "Neural Image Compression, Table 1: patches classified from codes of frozen encoders";
    }

    @Override
    public String claim() {
        return "All encoders beat mean-RGB by a wide margin on tissues and by less on tumour; of those that need no labels"
                + " BiGAN is the best on both (0.806 of tumour patches, 0.765 of nine tissues), before VAE and"
                + " contrastive; each supervised encoder is best at what it was trained for.";
    }

    @Override
    public int seeds(Size size) {
        return Math.min(INITIALISATIONS, size.seeds());
    }

    @Override
    public ExperimentResult run(ExperimentContext<Manifest> given) {
        Set<String> groups = Stream.of(List.of(Changes.ENCODERS, Changes.PROBE), Changes.EACH_ENCODER)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        given.changes().require(name(), false, groups);
        ExperimentContext<Manifest> context = given.withManifest(MrnSetup.validating(given.manifest()));
        SlideData.require(context, Split.VALIDATION, Split.TEST);
        requireMasks(context.manifest());
        ResultWriter writer = new ResultWriter(context, this);
        ProbeSizes sizes = ProbeSizes.of(context.size()).with(context.changes().of(Changes.PROBE));
        ProbedEncoders encoders = new ProbedEncoders(context);
        Runs runs = new Runs(context);
        encoders.require(runs);
        List<PatchTask> tasks = PatchTask.of(context, encoders.side(), sizes.patches());
        List<ProbedEncoder> rows = encoders.rows(runs);
        ProbeOutcomes outcomes = probe(context, runs, encoders, rows, tasks, sizes);
        return write(context, writer, outcomes, encoders, rows, tasks, sizes);
    }

    private static void requireMasks(Manifest manifest) {
        for (Split split : Split.values()) {
            boolean known = manifest.split(split).stream().anyMatch(slide -> slide.tissueMask() != null);
            if (!manifest.tissues().isEmpty() && !known) {
                throw new InputException(
                        "manifest " + manifest.name() + " names tissues:, and no slide with the split '" + split.word()
                                + "' has a tissue_mask:; add one, or leave tissues: out");
            }
        }
    }

    private static ProbeOutcomes probe(
            ExperimentContext<Manifest> context,
            Runs runs,
            ProbedEncoders encoders,
            List<ProbedEncoder> rows,
            List<PatchTask> tasks,
            ProbeSizes sizes) {
        ProbeOutcomes outcomes = new ProbeOutcomes(rows, tasks);
        for (long seed : context.seeds()) {
            for (ProbedEncoder row : rows) {
                context.listener().notice(row.name() + ", seed " + seed);
                try (PatchEncoder encoder = encoders.open(row, seed)) {
                    for (PatchTask task : tasks) {
                        String label = task.labels().name().toLowerCase(Locale.ROOT);
                        Path file = runs.folder(row.run(), seed).resolve("probe-" + label + ".yaml");
                        String things = encoder.identity() + "\n" + sizes + "\n" + seed + "\n" + label + "\n"
                                + encoders.side() + "\n" + context.manifest();
                        CodeProbe.Result result = ProbeFile.get(
                                file, things, () -> probe(encoder, encoders.seen(task, encoder), sizes, seed, context));
                        outcomes.add(row, task, seed, result);
                    }
                }
            }
        }
        return outcomes;
    }

    private static CodeProbe.Result probe(
            PatchEncoder encoder, PatchTask task, ProbeSizes sizes, long seed, ExperimentContext<Manifest> context) {
        return CodeProbe.of(
                encoder, task.training(), task.validation(), task.test(), sizes.options(seed), context.listener());
    }

    private ExperimentResult write(
            ExperimentContext<Manifest> context,
            ResultWriter writer,
            ProbeOutcomes outcomes,
            ProbedEncoders encoders,
            List<ProbedEncoder> rows,
            List<PatchTask> tasks,
            ProbeSizes sizes) {
        writer.table("", outcomes.table());
        writer.table("counts", outcomes.counts());
        List<String> groups = tasks.stream().map(PatchTask::name).toList();
        writer.chart("", Charts.bars("Ours, " + context.manifest().name(), "", "accuracy", groups, outcomes.bars()));
        writer.chart("paper", Charts.bars("The paper's", "", "accuracy", groups, outcomes.paperBars()));
        Map<String, Double> chance = new LinkedHashMap<>();
        tasks.forEach(task -> chance.put(task.name(), task.chance()));
        NicClaims.patches(outcomes::accuracy, chance).forEach(writer::claim);
        List<String> lines =
                new ArrayList<>(rows.stream().map(ProbedEncoder::text).toList());
        lines.add(sizes.text());
        String without = encoders.withoutPublished(rows);
        if (!without.isEmpty()) {
            lines.add(without);
        }
        String numbers =
                "Share of unseen patches that a small network classifies right from an encoder's codes, as many of each"
                        + " class, our mean ± sd over seeds beside the paper's (of other tissue). All encoders see the same places,"
                        + " " + encoders.side()
                        + " pixels of Base a side. Patches overlap and are of few slides, so that"
                        + " differences of a few hundredths say little; an encoder has learnt something where it is above the untrained one, too.\n\n"
                        + outcomes.markdown()
                        + "\nAgainst mean-RGB on the test patches:\n\n" + outcomes.againstMeanRgb();
        return writer.finish(
                numbers,
                SlideOrigin.of(
                        context,
                        "CAMELYON16 (tumour) and 74 rectum slides (nine tissues)",
                        "camelyon16-nic-encoders",
                        List.of(Split.VALIDATION, Split.TEST),
                        lines));
    }
}
