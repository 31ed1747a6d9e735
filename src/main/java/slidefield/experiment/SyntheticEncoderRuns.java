package slidefield.experiment;

import java.nio.file.Path;
import slidefield.data.SyntheticManifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.fit.RunKind;
import slidefield.nic.EncoderExamples;
import slidefield.nic.EncoderSettings;
import slidefield.nic.EncoderTraining;
import slidefield.nic.SyntheticExamples;
import slidefield.nic.SyntheticSet;
import slidefield.nic.TrainedEncoder;
import slidefield.nn.Engine;

/** The encoders of an experiment on synthetic images. */
final class SyntheticEncoderRuns extends KeptRuns<SyntheticManifest, EncoderSettings, TrainedEncoder> {
    private final SyntheticSet set;

    SyntheticEncoderRuns(ExperimentContext<SyntheticManifest> context, Runs runs, SyntheticSet set) {
        super(context, runs);
        this.set = set;
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
    SyntheticManifest manifest(RunFolder folder) {
        return SyntheticManifest.read(folder.manifest());
    }

    @Override
    TrainedEncoder read(Path folder, EncoderSettings settings) {
        try (Engine engine = Engine.preferred()) {
            return TrainedEncoder.load(folder.resolve(weights()), engine.type());
        }
    }

    @Override
    TrainedEncoder train(RunFolder folder, EncoderSettings settings, ExperimentContext<SyntheticManifest> where) {
        SyntheticManifest manifest = where.manifest();
        SyntheticExamples examples = new SyntheticExamples(set, manifest.training(), manifest.shift());
        EncoderExamples learnt = examples.training(settings);
        EncoderExamples unseen = examples.validation(settings);
        return EncoderTraining.train(folder, settings, learnt, unseen, manifest::write, where.listener())
                .encoder();
    }
}
