package slidefield.experiment;

import java.nio.file.Path;
import slidefield.data.Manifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.RunKind;
import slidefield.fit.Training;
import slidefield.nic.EncoderSettings;
import slidefield.nic.EncoderTraining;
import slidefield.nic.TrainedEncoder;
import slidefield.nn.Engine;

/** The encoders of an experiment. */
final class EncoderRuns extends KeptRuns<Manifest, EncoderSettings, TrainedEncoder> {
    /** @param context its manifest is the one that encoders learn from */
    EncoderRuns(ExperimentContext<Manifest> context, Runs runs) {
        super(context, runs);
    }

    @Override
    RunFolder open(Path folder, IfExists choice) {
        return RunFolder.forTraining(folder, RunKind.ENCODER, choice);
    }

    @Override
    String weights() {
        return RunKind.ENCODER.weights();
    }

    @Override
    EncoderSettings stored(RunFolder folder) {
        return EncoderTraining.settings(folder);
    }

    @Override
    Manifest manifest(RunFolder folder) {
        return Training.manifest(folder);
    }

    @Override
    TrainedEncoder read(Path folder, EncoderSettings settings) {
        try (Engine engine = Engine.preferred()) {
            return TrainedEncoder.load(folder.resolve(weights()), engine.type());
        }
    }

    @Override
    TrainedEncoder train(RunFolder folder, EncoderSettings settings, ExperimentContext<Manifest> where) {
        return EncoderTraining.train(folder, settings, where.manifest(), where.data(), where.listener())
                .encoder();
    }
}
