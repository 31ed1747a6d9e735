package slidefield.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.fit.EpochReport;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.RunKind;
import slidefield.swipe.SwipeSettings;
import slidefield.swipe.SwipeTraining;

/** Training of a SwIPE on an image set. */
@Command(
        name = "train-swipe",
        description = {
            "Train a SwIPE (segmentation with implicit patch embeddings) on a set of images with masks.",
            "RUN receives config.yaml, manifest.yaml, metrics.csv, environment.json, checkpoints and"
                    + " swipe.safetensors, the weights of the epoch with the best validation Dice."
        })
final class TrainSwipeCommand extends Subcommand {
    @Parameters(
            index = "0",
            paramLabel = "IMAGESET",
            description = "Which images: YAML, see data-manifests/image-sets/.")
    private Path manifestFile;

    @Option(names = "--out", paramLabel = "RUN", required = true, description = "The folder of this run.")
    private Path out;

    @Mixin
    private SwipeSettingsOptions options;

    @ArgGroup
    private ExistingRun existing = new ExistingRun();

    @Override
    protected int run(Report report) {
        ImageSetManifest manifest = ImageSetManifest.read(manifestFile);
        IfExists choice = existing.choice();
        SwipeSettings settings = choice == IfExists.RESUME ? null : options.settings();
        RunFolder folder = RunFolder.forTraining(out, RunKind.SWIPE, choice);
        if (settings == null) {
            settings = options.unchanged(SwipeTraining.settings(folder));
        }
        DataRoot data = DataRoot.find().forManifest(manifestFile);
        SwipeTraining.Trained trained;
        try (FitShown progress = new FitShown(report)) {
            trained = SwipeTraining.train(folder, settings, manifest, data, progress);
        }
        report.put("parameters", trained.network().network().parameterCount());
        report.put("best_epoch", trained.bestEpoch());
        report.put("validation_dice", trained.bestDice());
        report.put(
                "seconds",
                trained.reports().stream().mapToDouble(EpochReport::seconds).sum());
        for (String file : List.of(
                RunFolder.CONFIG, "manifest.yaml", "metrics.csv", "environment.json", RunKind.SWIPE.weights())) {
            report.wrote(out.resolve(file));
        }
        return 0;
    }

    @Override
    protected String lessMemory() {
        return "--set training.batch=1";
    }

    @Override
    protected String howToGoOn() {
        return "train-swipe " + manifestFile + " --out " + out + " --resume";
    }
}
