package slidefield.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import slidefield.fit.Settings;
import slidefield.fit.Training;

/** Two-step training on a manifest's training split. */
@Command(
        name = "train",
        description = {
            "Train a field on a manifest's training split: step 1 learns to paint the slides, step 2 learns the lesions.",
            "RUN receives config.yaml, manifest.yaml, metrics.csv, environment.json, checkpoints and field.safetensors."
        })
final class TrainCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "MANIFEST", description = "Which slides: YAML, see data-manifests/.")
    private Path manifestFile;

    @Option(names = "--out", paramLabel = "RUN", required = true, description = "The folder of this run.")
    private Path out;

    @Mixin
    private SettingsOptions options;

    @ArgGroup
    private ExistingRun existing = new ExistingRun();

    @Override
    protected int run(Report report) {
        Manifest manifest = Manifest.read(manifestFile);
        IfExists choice = existing.choice();
        Settings settings = choice == IfExists.RESUME ? null : options.settings();
        RunFolder folder = RunFolder.forTraining(out, choice);
        if (settings == null) {
            settings = options.unchanged(folder.settings());
        }
        DataRoot data = DataRoot.find().forManifest(manifestFile);
        Training.Trained trained;
        try (FitShown progress = new FitShown(report)) {
            trained = Training.train(folder, settings, manifest, data, progress);
        }
        summarise(report, trained.reports());
        for (String file :
                List.of("config.yaml", "manifest.yaml", "metrics.csv", "environment.json", "field.safetensors")) {
            if (Files.exists(out.resolve(file))) {
                report.wrote(out.resolve(file));
            }
        }
        return 0;
    }

    private static void summarise(Report report, List<EpochReport> reports) {
        List<EpochReport> painting = new ArrayList<>(reports);
        painting.removeIf(r -> r.phase() != Phase.RECONSTRUCTION);
        List<EpochReport> marking = new ArrayList<>(reports);
        marking.removeIf(r -> r.phase() != Phase.LESION);
        report.put("reconstruction_psnr_db", painting.get(painting.size() - 1).psnr());
        if (!marking.isEmpty()) {
            report.put("lesion_loss", marking.get(marking.size() - 1).loss());
        }
        report.put("seconds", reports.stream().mapToDouble(EpochReport::seconds).sum());
    }

    @Override
    protected String lessMemory() {
        return "--set training.window=64";
    }

    @Override
    protected String howToGoOn() {
        return "train " + manifestFile + " --out " + out + " --resume";
    }
}
