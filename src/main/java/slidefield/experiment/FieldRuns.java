package slidefield.experiment;

import java.nio.file.Path;
import slidefield.data.Manifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.Settings;
import slidefield.fit.TrainedField;
import slidefield.fit.Training;
import slidefield.nn.Engine;

/** The fields of an experiment. */
final class FieldRuns extends KeptRuns<Manifest, Settings, TrainedField> {
    FieldRuns(ExperimentContext<Manifest> context, Runs runs) {
        super(context, runs);
    }

    @Override
    RunFolder open(Path folder, IfExists choice) {
        return RunFolder.forTraining(folder, choice);
    }

    @Override
    String weights() {
        return TrainedField.WEIGHTS;
    }

    @Override
    Settings stored(RunFolder folder) {
        return folder.settings();
    }

    @Override
    Manifest manifest(RunFolder folder) {
        return Training.manifest(folder);
    }

    @Override
    TrainedField read(Path folder, Settings settings) {
        return TrainedField.load(folder, settings, Engine.preferred(settings.precision()));
    }

    @Override
    TrainedField train(RunFolder folder, Settings settings, ExperimentContext<Manifest> where) {
        return Training.train(folder, settings, where.manifest(), where.data(), where.listener())
                .field();
    }
}
