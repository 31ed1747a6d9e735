package slidefield.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.DataRoot;
import slidefield.experiment.Claim;
import slidefield.experiment.DataSet;
import slidefield.experiment.Experiment;
import slidefield.experiment.ExperimentContext;
import slidefield.experiment.ExperimentResult;
import slidefield.experiment.Experiments;
import slidefield.experiment.SecondSet;
import slidefield.experiment.Size;
import slidefield.io.InputException;

/** One table or figure of a paper. */
@Command(
        name = "experiment",
        description = {
            "Make a paper's table or figure anew on a manifest's slides or images: train every method, score it, compare"
                    + " with the paper's numbers.",
            "DIR receives NAME.csv, NAME.png and more, the page NAME.md that is also printed, and runs/ with all that was"
                    + " trained; with --resume, that is used again, also by other experiments with the same --out."
        })
final class ExperimentCommand extends Subcommand {
    /** Lists the names in the help. */
    private static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Names() {
            super(Experiments.all().stream().map(Experiment::name).toList());
        }
    }

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String name;

    @Parameters(
            index = "1",
            paramLabel = "MANIFEST",
            description =
                    "Which slides: YAML, see data-manifests/; for swipe-*, which images: data-manifests/image-sets/;"
                            + " for nic-figure6 and nic-figure7, which synthetic images: data-manifests/synthetic/.")
    private Path manifestFile;

    @Option(
            names = "--unseen",
            paramLabel = "MANIFEST",
            description = "A second data set, only scored: for swipe-table2-dataset.")
    private Path unseenFile;

    @Option(
            names = "--encoders",
            paramLabel = "MANIFEST",
            description = "The slides that encoders learn from (training and validation split): for nic-table2 and"
                    + " nic-table3.")
    private Path encodersFile;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
    private Path out;

    @ArgGroup
    private HowMuch howMuch = new HowMuch();

    /** How much of everything. */
    private static final class HowMuch {
        @Option(names = "--quick", description = "About a minute: shows that all is there. The same as --size quick.")
        private boolean quick;

        @Option(
                names = "--size",
                paramLabel = "S",
                description = "quick; normal (default): about half an hour on two cores, for all seeds; or paper: the"
                        + " paper's sizes, for large machines.")
        private String size;

        Size choice() {
            if (size == null) {
                return quick ? Size.QUICK : Size.NORMAL;
            }
            for (Size each : Size.values()) {
                if (each.label().equals(size.strip().toLowerCase(Locale.ROOT))) {
                    return each;
                }
            }
            throw new InputException("--size must be quick, normal or paper, got '" + size + "'");
        }
    }

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "Train with seeds 0 to N-1 (default: 3; nic-table1: 2; quick, swipe-efficiency, nic-figure6 and"
                            + " nic-figure7: 1).")
    private Integer seeds;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Change one option; repeat for more. Those of fields as for train, such as ito.epochs=5; those of"
                            + " patch networks with patch. in front, such as patch.training.epochs=3; those of the sweep of"
                            + " wsi-inr-decoupling with sweep.; those of networks of plain images with images. (all of them),"
                            + " swipe., unet., pranet., res2unet., ossnet. or iosnet.; those of Neural Image Compression with encoders. (all of"
                            + " them), vae., contrastive., bigan., supervised., probe., slides. or synthetic.")
    private List<String> changes = new ArrayList<>();

    @ArgGroup
    private ExistingRun existing = new ExistingRun();

    @Override
    protected int run(Report report) {
        ExperimentResult result = run(Experiments.named(name), report);
        report.say(result.report());
        report.put(
                "claims", result.claims().stream().map(ExperimentCommand::claim).collect(Collectors.toList()), null);
        result.files().forEach(report::wrote);
        return 0;
    }

    private <D> ExperimentResult run(Experiment<D> experiment, Report report) {
        DataSet<D> set = dataSet(experiment, manifestFile);
        ExperimentContext<D> context = ExperimentContext.of(set.manifest(), set.data(), out, howMuch.choice())
                .with(existing.choice())
                .with(changes)
                .withSeeds(seeds != null ? seeds : experiment.seeds(howMuch.choice()));
        for (SecondSet kind : second().keySet()) {
            if (experiment.second() != kind) {
                throw new InputException(name
                        + (experiment.second() == SecondSet.NONE
                                ? " works on one data set"
                                : " takes its second data set by "
                                        + experiment.second().option())
                        + "; leave " + kind.option() + " out");
            }
            context = context.withSecond(dataSet(experiment, second().get(kind)));
        }
        try (FitShown progress = new FitShown(report)) {
            return experiment.run(context.with(progress));
        }
    }

    /** The second data sets that were given. */
    private Map<SecondSet, Path> second() {
        Map<SecondSet, Path> given = new EnumMap<>(SecondSet.class);
        if (unseenFile != null) {
            given.put(SecondSet.UNSEEN, unseenFile);
        }
        if (encodersFile != null) {
            given.put(SecondSet.ENCODERS, encodersFile);
        }
        return given;
    }

    private static <D> DataSet<D> dataSet(Experiment<D> experiment, Path manifest) {
        return new DataSet<>(experiment.read(manifest), DataRoot.find().forManifest(manifest));
    }

    private static Map<String, Object> claim(Claim claim) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("paper", claim.paper());
        plain.put("verdict", claim.verdict().name().toLowerCase(Locale.ROOT));
        plain.put("numbers", claim.numbers());
        return plain;
    }

    @Override
    protected String lessMemory() {
        return "--size quick";
    }

    @Override
    protected String howToGoOn() {
        List<String> words =
                new ArrayList<>(List.of("experiment", name, manifestFile.toString(), "--out", out.toString()));
        words.addAll(List.of("--size", howMuch.choice().label()));
        second().forEach((kind, file) -> words.addAll(List.of(kind.option(), file.toString())));
        if (seeds != null) {
            words.addAll(List.of("--seeds", seeds.toString()));
        }
        changes.forEach(change -> words.addAll(List.of("--set", change)));
        words.add("--resume");
        return String.join(" ", words);
    }
}
