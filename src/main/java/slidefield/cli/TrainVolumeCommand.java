package slidefield.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.swipe.volume.VolumeSettings;
import slidefield.swipe.volume.VolumeTraining;

/** Training of a network of volumes. */
@Command(
        name = "train-volume",
        description = {
            "Train a 3-D SwIPE or a 3-D U-Net on a set of volumes with masks (NIfTI-1).",
            "RUN receives config.yaml, manifest.yaml, metrics.csv, environment.json, checkpoints and"
                    + " volume.safetensors, the weights of the epoch with the best validation Dice."
        })
final class TrainVolumeCommand extends ImageTrainingCommand<VolumeSettings> {
    @Mixin
    private VolumeSettingsOptions options;

    TrainVolumeCommand() {
        super(RunKind.VOLUME);
    }

    @Override
    VolumeSettings settings() {
        return options.settings();
    }

    @Override
    VolumeSettings unchanged(RunFolder folder) {
        return options.unchanged(VolumeTraining.settings(folder));
    }

    @Override
    protected String lessMemory() {
        return "--set training.batch=2, or a smaller training.crop";
    }

    @Override
    Outcome train(
            RunFolder folder, VolumeSettings settings, ImageSetManifest manifest, DataRoot data, FitShown progress) {
        VolumeTraining.Trained trained = VolumeTraining.train(folder, settings, manifest, data, progress);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("parameters", trained.network().network().parameterCount());
        values.put("best_epoch", trained.bestEpoch());
        values.put("validation_dice", trained.bestDice());
        return new Outcome(values, trained.reports());
    }
}
