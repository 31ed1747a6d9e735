package slidefield.cli;

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
final class TrainPatchCommand extends SlideTrainingCommand<PatchSettings> {
    @Mixin
    private PatchSettingsOptions options;

    TrainPatchCommand() {
        super(RunKind.PATCH);
    }

    @Override
    PatchSettings settings() {
        return options.settings();
    }

    @Override
    PatchSettings unchanged(RunFolder folder) {
        return options.unchanged(PatchTraining.settings(folder));
    }

    @Override
    Outcome train(RunFolder folder, PatchSettings settings, Manifest manifest, DataRoot data, FitShown progress) {
        PatchTraining.Trained trained = PatchTraining.train(folder, settings, manifest, data, progress);
        List<EpochReport> checked = trained.reports().stream()
                .filter(r -> r.phase() == Phase.VALIDATION)
                .toList();
        EpochReport best = checked.get(0);
        for (EpochReport each : checked) {
            best = each.loss() < best.loss() ? each : best;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("parameters", trained.network().network().parameterCount());
        values.put("epochs", checked.size());
        values.put("best_epoch", best.epoch());
        values.put("validation_loss", best.loss());
        return new Outcome(values, trained.reports());
    }
}
