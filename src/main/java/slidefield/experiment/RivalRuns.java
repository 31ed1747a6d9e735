package slidefield.experiment;

import java.nio.file.Path;
import slidefield.data.ImageSetManifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.nn.Engine;
import slidefield.swipe.ImageSet;
import slidefield.swipe.RivalSettings;
import slidefield.swipe.RivalTraining;
import slidefield.swipe.TrainedRival;

/** SwIPE's rivals of an experiment. */
final class RivalRuns extends ImageRuns<RivalSettings, TrainedRival> {
    RivalRuns(ExperimentContext<ImageSetManifest> context, Runs runs, Shared shared) {
        super(context, runs, shared, RunKind.RIVAL);
    }

    @Override
    RivalSettings stored(RunFolder folder) {
        return RivalTraining.settings(folder);
    }

    @Override
    TrainedRival read(Path folder, RivalSettings settings, Engine engine) {
        return TrainedRival.load(folder, settings, engine);
    }

    @Override
    TrainedRival train(
            Engine engine,
            RunFolder folder,
            RivalSettings settings,
            ImageSet images,
            ExperimentContext<ImageSetManifest> where) {
        return RivalTraining.train(engine, folder, settings, images, where.manifest(), where.listener())
                .network();
    }
}
