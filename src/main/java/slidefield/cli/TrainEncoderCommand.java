package slidefield.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.nic.EncoderSettings;
import slidefield.nic.EncoderTraining;

/** Training of an encoder of Neural Image Compression on patches of a manifest's slides. */
@Command(
        name = "train-encoder",
        description = {
            "Train an encoder of patches (Neural Image Compression) on a manifest's training and validation splits.",
            "RUN receives config.yaml, manifest.yaml, metrics.csv, environment.json, checkpoints and"
                    + " encoder.safetensors, the weights of the best validation (of a BiGAN, the last ones)."
        })
final class TrainEncoderCommand extends SlideTrainingCommand<EncoderSettings> {
    @Mixin
    private EncoderSettingsOptions options;

    TrainEncoderCommand() {
        super(RunKind.ENCODER);
    }

    @Override
    EncoderSettings settings() {
        return options.settings();
    }

    @Override
    EncoderSettings unchanged(RunFolder folder) {
        return options.unchanged(EncoderTraining.settings(folder));
    }

    @Override
    Outcome train(RunFolder folder, EncoderSettings settings, Manifest manifest, DataRoot data, FitShown progress) {
        EncoderTraining.Trained trained = EncoderTraining.train(folder, settings, manifest, data, progress);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("encoder", settings.encoder().title());
        values.put("parameters", trained.encoder().network().parameterCount());
        values.put("code", settings.encoder().code());
        values.put("best_epoch", trained.bestEpoch());
        trained.bestLoss().ifPresent(loss -> values.put("validation_loss", loss));
        return new Outcome(values, trained.reports());
    }

    @Override
    protected String lessMemory() {
        return "--set training.batch=8 or --set patches.training=1000";
    }
}
