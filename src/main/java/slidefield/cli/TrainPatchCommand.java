package slidefield.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.fit.EpochReport;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.RunKind;
import slidefield.patch.PatchSettings;
import slidefield.patch.PatchTraining;

/** Training of a patch network on a manifest's training split. */
@Command(
        name = "train-patch",
        description = {
            "Train a patch network (a discrete rival of fields) on a manifest's training split.",
            "RUN receives config.yaml, manifest.yaml, metrics.csv, environment.json, checkpoints and"
                    + " network.safetensors, the weights of the epoch with the least validation loss."
        })
final class TrainPatchCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "MANIFEST", description = "Which slides: YAML, see data-manifests/.")
    private Path manifestFile;

    @Option(names = "--out", paramLabel = "RUN", required = true, description = "The folder of this run.")
    private Path out;

    @Mixin
    private PatchSettingsOptions options;

    @ArgGroup
    private ExistingRun existing = new ExistingRun();

    @Override
    protected int run(Report report) {
        Manifest manifest = Manifest.read(manifestFile);
        IfExists choice = existing.choice();
        PatchSettings settings = choice == IfExists.RESUME ? null : options.settings();
        RunFolder folder = RunFolder.forTraining(out, RunKind.PATCH, choice);
        if (settings == null) {
            settings = options.unchanged(PatchTraining.settings(folder));
        }
        DataRoot data = DataRoot.find().forManifest(manifestFile);
        PatchTraining.Trained trained;
        try (FitShown progress = new FitShown(report)) {
            trained = PatchTraining.train(folder, settings, manifest, data, progress);
        }
        summarise(report, trained);
        for (String file : List.of(
                RunFolder.CONFIG, "manifest.yaml", "metrics.csv", "environment.json", RunKind.PATCH.weights())) {
            report.wrote(out.resolve(file));
        }
        return 0;
    }

    private static void summarise(Report report, PatchTraining.Trained trained) {
        List<EpochReport> checked = trained.reports().stream()
                .filter(r -> r.phase() == Phase.VALIDATION)
                .toList();
        EpochReport best = checked.get(0);
        for (EpochReport each : checked) {
            best = each.loss() < best.loss() ? each : best;
        }
        report.put("parameters", trained.network().network().parameterCount());
        report.put("epochs", checked.size());
        report.put("best_epoch", best.epoch());
        report.put("validation_loss", best.loss());
        report.put(
                "seconds",
                trained.reports().stream().mapToDouble(EpochReport::seconds).sum());
    }

    @Override
    protected String lessMemory() {
        return "--set training.batch=1";
    }

    @Override
    protected String howToGoOn() {
        return "train-patch " + manifestFile + " --out " + out + " --resume";
    }
}
