package slidefield.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.swipe.ImageTraining;
import slidefield.swipe.RivalSettings;
import slidefield.swipe.RivalTraining;
import slidefield.swipe.TrainedRival;

/** Training of one of SwIPE's rivals on an image set. */
@Command(
        name = "train-rival",
        description = {
            "Train a network that SwIPE is compared with on a set of images with masks, as train-swipe trains SwIPE.",
            "RUN receives config.yaml, manifest.yaml, metrics.csv, environment.json, checkpoints and"
                    + " rival.safetensors, the weights of the epoch with the best validation Dice."
        })
final class TrainRivalCommand extends ImageTrainingCommand<RivalSettings> {
    @Mixin
    private RivalSettingsOptions options;

    TrainRivalCommand() {
        super(RunKind.RIVAL);
    }

    @Override
    RivalSettings settings() {
        return options.settings();
    }

    @Override
    RivalSettings unchanged(RunFolder folder) {
        return options.unchanged(RivalTraining.settings(folder));
    }

    @Override
    Outcome train(
            RunFolder folder, RivalSettings settings, ImageSetManifest manifest, DataRoot data, FitShown progress) {
        ImageTraining.Trained<TrainedRival> trained = RivalTraining.train(folder, settings, manifest, data, progress);
        return outcome(trained.network().network().parameterCount(), trained);
    }
}
