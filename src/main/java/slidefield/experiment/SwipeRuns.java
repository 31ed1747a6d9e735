package slidefield.experiment;

import java.nio.file.Path;
import slidefield.data.ImageSetManifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.nn.Engine;
import slidefield.swipe.ImageSet;
import slidefield.swipe.SwipeSettings;
import slidefield.swipe.SwipeTraining;
import slidefield.swipe.TrainedSwipe;

/** The SwIPEs of an experiment. */
final class SwipeRuns extends ImageRuns<SwipeSettings, TrainedSwipe> {
    SwipeRuns(ExperimentContext<ImageSetManifest> context, Runs runs, Shared shared) {
        super(context, runs, shared, RunKind.SWIPE);
    }

    @Override
    SwipeSettings stored(RunFolder folder) {
        return SwipeTraining.settings(folder);
    }

    @Override
    TrainedSwipe read(Path folder, SwipeSettings settings, Engine engine) {
        return TrainedSwipe.load(folder, settings, engine);
    }

    @Override
    TrainedSwipe train(
            Engine engine,
            RunFolder folder,
            SwipeSettings settings,
            ImageSet images,
            ExperimentContext<ImageSetManifest> where) {
        return SwipeTraining.train(engine, folder, settings, images, where.manifest(), where.listener())
                .network();
    }
}
