package slidefield.experiment;

import java.nio.file.Path;
import slidefield.data.Manifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.RunKind;
import slidefield.fit.Training;
import slidefield.nn.Engine;
import slidefield.patch.PatchSettings;
import slidefield.patch.PatchTraining;
import slidefield.patch.TrainedPatchNetwork;

/** The patch networks of an experiment. */
final class PatchRuns extends KeptRuns<Manifest, PatchSettings, TrainedPatchNetwork> {
    PatchRuns(ExperimentContext<Manifest> context, Runs runs) {
        super(context, runs);
    }

    @Override
    RunFolder open(Path folder, IfExists choice) {
        return RunFolder.forTraining(folder, RunKind.PATCH, choice);
    }

    @Override
    String weights() {
        return RunKind.PATCH.weights();
    }

    @Override
    PatchSettings stored(RunFolder folder) {
        return PatchTraining.settings(folder);
    }

    @Override
    Manifest manifest(RunFolder folder) {
        return Training.manifest(folder);
    }

    @Override
    TrainedPatchNetwork read(Path folder, PatchSettings settings) {
        return TrainedPatchNetwork.load(folder, settings, Engine.preferred(settings.precision()));
    }

    @Override
    TrainedPatchNetwork train(RunFolder folder, PatchSettings settings, ExperimentContext<Manifest> where) {
        return PatchTraining.train(folder, settings, where.manifest(), where.data(), where.listener())
                .network();
    }
}
