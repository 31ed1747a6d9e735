package slidefield.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import slidefield.data.ImageSetManifest;
import slidefield.fit.RunKind;
import slidefield.swipe.ImageTraining;

/**
 * What the commands do that train on an image set.
 *
 * @param <S> what the kind's settings are
 */
@Command
abstract class ImageTrainingCommand<S> extends TrainingCommand<ImageSetManifest, S> {
    @Parameters(
            index = "0",
            paramLabel = "IMAGESET",
            description = "Which images: YAML, see data-manifests/image-sets/.")
    private Path manifestFile;

    ImageTrainingCommand(RunKind kind) {
        super(kind);
    }

    @Override
    final Path manifestFile() {
        return manifestFile;
    }

    @Override
    final ImageSetManifest manifest(Path file) {
        return ImageSetManifest.read(file);
    }

    /** What is said of a finished training. */
    static Outcome outcome(long parameters, ImageTraining.Trained<?> trained) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("parameters", parameters);
        values.put("best_epoch", trained.bestEpoch());
        values.put("validation_dice", trained.bestDice());
        return new Outcome(values, trained.reports());
    }
}
