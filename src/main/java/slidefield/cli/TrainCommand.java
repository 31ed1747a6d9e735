package slidefield.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.fit.EpochReport;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.fit.Settings;
import slidefield.fit.Training;

/** Two-step training on a manifest's training split. */
@Command(
        name = "train",
        description = {
            "Train a field on a manifest's training split: step 1 learns to paint the slides, step 2 learns the lesions.",
            "RUN receives config.yaml, manifest.yaml, metrics.csv, environment.json, checkpoints and field.safetensors."
        })
final class TrainCommand extends SlideTrainingCommand<Settings> {
    @Mixin
    private SettingsOptions options;

    TrainCommand() {
        super(RunKind.FIELD);
    }

    @Override
    Settings settings() {
        return options.settings();
    }

    @Override
    Settings unchanged(RunFolder folder) {
        return options.unchanged(folder.settings());
    }

    @Override
    Outcome train(RunFolder folder, Settings settings, Manifest manifest, DataRoot data, FitShown progress) {
        List<EpochReport> reports =
                Training.train(folder, settings, manifest, data, progress).reports();
        List<EpochReport> painting = new ArrayList<>(reports);
        painting.removeIf(r -> r.phase() != Phase.RECONSTRUCTION);
        List<EpochReport> marking = new ArrayList<>(reports);
        marking.removeIf(r -> r.phase() != Phase.LESION);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("reconstruction_psnr_db", painting.get(painting.size() - 1).psnr());
        if (!marking.isEmpty()) {
            values.put("lesion_loss", marking.get(marking.size() - 1).loss());
        }
        return new Outcome(values, reports);
    }

    @Override
    protected String lessMemory() {
        return "--set training.window=64";
    }
}
