package slidefield.experiment;

import java.nio.file.Path;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.RunKind;
import slidefield.nic.EncoderSettings;
import slidefield.nic.EncoderTraining;
import slidefield.nic.TrainedEncoder;
import slidefield.nn.Engine;

/**
 * The encoders of an experiment, whatever they learn from.
 *
 * @param <D> the kind of manifest
 */
abstract class KeptEncoders<D> extends KeptRuns<D, EncoderSettings, TrainedEncoder> {
    KeptEncoders(ExperimentContext<D> context, Runs runs) {
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
    TrainedEncoder read(Path folder, EncoderSettings settings) {
        try (Engine engine = Engine.preferred()) {
            return TrainedEncoder.load(folder.resolve(weights()), engine.type());
        }
    }
}
