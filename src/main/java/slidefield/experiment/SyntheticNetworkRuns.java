package slidefield.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import slidefield.data.SyntheticManifest;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochSaver;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.RunKind;
import slidefield.io.InputException;
import slidefield.nic.LabelledGrid;
import slidefield.nic.SlideCnnTraining;
import slidefield.nic.SyntheticPart;
import slidefield.nic.TrainedSlideCnn;
import slidefield.nn.Engine;
import slidefield.nn.Precision;

/**
 * The networks of compressed synthetic images of an experiment, and what each says of the test images. Of the four folds of the
 * training images (Tellez et al. 2019, section 4.1.1), the one of the seed's number modulo four validates, the others train.
 */
final class SyntheticNetworkRuns extends KeptRuns<SyntheticManifest, SyntheticSetup, SyntheticAnswers> {
    private static final String SETUP = "setup.yaml";
    private static final String ANSWERS = "answers.csv";

    private final Runs runs;
    private final SyntheticCompression compression;

    SyntheticNetworkRuns(ExperimentContext<SyntheticManifest> context, Runs runs, SyntheticCompression compression) {
        super(context, runs);
        this.runs = runs;
        this.compression = compression;
    }

    /** What a network says of the test images. */
    SyntheticAnswers answers(SyntheticSetup setup) {
        dropUnbegun(setup);
        return of(setup.run(), setup.seed(), setup);
    }

    /** {@link #require(String, long, Object)} of the network and its encoder. */
    void require(SyntheticSetup setup) {
        dropUnbegun(setup);
        require(setup.run(), setup.seed(), setup);
        compression.require(setup);
    }

    /** A network that {@link #answers} was asked for. */
    TrainedSlideCnn network(SyntheticSetup setup, Engine engine) {
        return TrainedSlideCnn.load(folder(setup), engine);
    }

    private Path folder(SyntheticSetup setup) {
        return runs.folder(setup.run(), setup.seed());
    }

    /** The setup follows the settings; a run that was killed between them has nothing to keep. */
    private void dropUnbegun(SyntheticSetup setup) {
        Path folder = folder(setup);
        if (!Files.exists(folder.resolve(SETUP))) {
            try {
                Files.deleteIfExists(folder.resolve(RunFolder.CONFIG));
            } catch (IOException failure) {
                throw new InputException("cannot clear " + folder + ": " + failure.getMessage(), failure);
            }
        }
    }

    @Override
    RunFolder open(Path folder, IfExists choice) {
        return RunFolder.forTraining(folder, RunKind.SLIDES, choice);
    }

    @Override
    String weights() {
        return ANSWERS;
    }

    @Override
    SyntheticSetup stored(RunFolder folder) {
        return SyntheticSetup.YAML.read(folder.path().resolve(SETUP));
    }

    @Override
    SyntheticManifest manifest(RunFolder folder) {
        return SyntheticManifest.read(folder.manifest());
    }

    @Override
    SyntheticAnswers read(Path folder, SyntheticSetup settings) {
        return SyntheticAnswers.read(folder.resolve(ANSWERS));
    }

    @Override
    SyntheticAnswers train(RunFolder folder, SyntheticSetup setup, ExperimentContext<SyntheticManifest> where) {
        Path path = folder.path();
        SyntheticManifest manifest = where.manifest();
        List<LabelledGrid> learnt = new ArrayList<>();
        List<LabelledGrid> unseen = new ArrayList<>();
        for (int fold = 0; fold < SyntheticPart.FOLDS; fold++) {
            List<LabelledGrid> grids = compression.fold(setup, fold);
            if (fold == Math.floorMod(setup.seed(), SyntheticPart.FOLDS)) {
                unseen.addAll(grids);
            } else {
                SyntheticPart part =
                        SyntheticPart.fold(manifest.training(), fold).first(setup.percent() / 100.0);
                learnt.addAll(grids.subList(0, part.count()));
            }
        }
        try (Engine engine = Engine.preferred()) {
            SlideCnnTraining training = new SlideCnnTraining(engine, setup.network(), learnt, unseen);
            if (folder.resumes()) {
                Checkpoint.load(path, training.state());
            } else {
                folder.begin(
                        setup.network().toYaml(),
                        Precision.F32,
                        file -> {
                            SyntheticSetup.YAML.write(setup, path.resolve(SETUP));
                            manifest.write(file);
                        },
                        engine);
            }
            int epochs = setup.network().training().epochs();
            EpochSaver saver =
                    new EpochSaver(folder, done -> done.phase() == Phase.VALIDATION && done.epoch() == epochs);
            SlideCnnTraining.Trained trained;
            try {
                trained = training.train(where.listener(), saver::after);
            } catch (DivergedException diverged) {
                throw diverged.with(path);
            }
            folder.metrics(trained.reports());
            trained.network().save(path);
            SyntheticAnswers answers = compression.answers(setup, trained.network());
            answers.write(path.resolve(ANSWERS));
            return answers;
        }
    }
}
