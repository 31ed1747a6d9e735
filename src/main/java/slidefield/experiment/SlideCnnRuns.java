package slidefield.experiment;

import java.nio.file.Path;
import slidefield.data.Manifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.RunKind;
import slidefield.fit.Training;
import slidefield.nic.SlideCnnRun;
import slidefield.nic.SlideCnnSettings;
import slidefield.nic.TrainedSlideCnn;
import slidefield.nn.Engine;

/** The networks of compressed slides of an experiment. */
final class SlideCnnRuns extends KeptRuns<Manifest, SlideCnnSettings, TrainedSlideCnn> {
    private final Path codes;

    /**
     * @param context its manifest is that of one round of a cross-validation
     * @param codes the compressed slides
     */
    SlideCnnRuns(ExperimentContext<Manifest> context, Runs runs, Path codes) {
        super(context, runs);
        this.codes = codes;
    }

    @Override
    RunFolder open(Path folder, IfExists choice) {
        return RunFolder.forTraining(folder, RunKind.SLIDES, choice);
    }

    @Override
    String weights() {
        return RunKind.SLIDES.weights();
    }

    @Override
    SlideCnnSettings stored(RunFolder folder) {
        return SlideCnnRun.settings(folder);
    }

    @Override
    Manifest manifest(RunFolder folder) {
        return Training.manifest(folder);
    }

    @Override
    TrainedSlideCnn read(Path folder, SlideCnnSettings settings) {
        return TrainedSlideCnn.load(folder, Engine.preferred());
    }

    @Override
    TrainedSlideCnn train(RunFolder folder, SlideCnnSettings settings, ExperimentContext<Manifest> where) {
        return SlideCnnRun.train(folder, settings, where.manifest(), codes, where.listener())
                .network();
    }
}
