package slidefield.experiment;

import slidefield.data.Manifest;
import slidefield.fit.RunFolder;
import slidefield.fit.Training;
import slidefield.nic.EncoderSettings;
import slidefield.nic.EncoderTraining;
import slidefield.nic.TrainedEncoder;

/** The encoders of an experiment. */
final class EncoderRuns extends KeptEncoders<Manifest> {
    /** @param context its manifest is the one that encoders learn from */
    EncoderRuns(ExperimentContext<Manifest> context, Runs runs) {
        super(context, runs);
    }

    @Override
    Manifest manifest(RunFolder folder) {
        return Training.manifest(folder);
    }

    @Override
    TrainedEncoder train(RunFolder folder, EncoderSettings settings, ExperimentContext<Manifest> where) {
        return EncoderTraining.train(folder, settings, where.manifest(), where.data(), where.listener())
                .encoder();
    }
}
