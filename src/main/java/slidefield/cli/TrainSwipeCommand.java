package slidefield.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.swipe.ImageTraining;
import slidefield.swipe.SwipeSettings;
import slidefield.swipe.SwipeTraining;
import slidefield.swipe.TrainedSwipe;

/** Training of a SwIPE on an image set. */
@Command(
        name = "train-swipe",
        description = {
            "Train a SwIPE (segmentation with implicit patch embeddings) on a set of images with masks.",
            "RUN receives config.yaml, manifest.yaml, metrics.csv, environment.json, checkpoints and"
                    + " swipe.safetensors, the weights of the epoch with the best validation Dice."
        })
final class TrainSwipeCommand extends ImageTrainingCommand<SwipeSettings> {
    @Mixin
    private SwipeSettingsOptions options;

    TrainSwipeCommand() {
        super(RunKind.SWIPE);
    }

    @Override
    SwipeSettings settings() {
        return options.settings();
    }

    @Override
    SwipeSettings unchanged(RunFolder folder) {
        return options.unchanged(SwipeTraining.settings(folder));
    }

    @Override
    Outcome train(
            RunFolder folder, SwipeSettings settings, ImageSetManifest manifest, DataRoot data, FitShown progress) {
        ImageTraining.Trained<TrainedSwipe> trained = SwipeTraining.train(folder, settings, manifest, data, progress);
        return outcome(trained.network().network().parameterCount(), trained);
    }
}
