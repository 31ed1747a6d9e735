package slidefield.experiment;

import slidefield.data.SyntheticManifest;
import slidefield.fit.RunFolder;
import slidefield.nic.EncoderExamples;
import slidefield.nic.EncoderSettings;
import slidefield.nic.EncoderTraining;
import slidefield.nic.SyntheticExamples;
import slidefield.nic.SyntheticSet;
import slidefield.nic.TrainedEncoder;

/** The encoders of an experiment on synthetic images. */
final class SyntheticEncoderRuns extends KeptEncoders<SyntheticManifest> {
    private final SyntheticSet set;

    SyntheticEncoderRuns(ExperimentContext<SyntheticManifest> context, Runs runs, SyntheticSet set) {
        super(context, runs);
        this.set = set;
    }

    @Override
    SyntheticManifest manifest(RunFolder folder) {
        return SyntheticManifest.read(folder.manifest());
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
