package slidefield.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.fit.Training;
import slidefield.io.InputException;
import slidefield.nic.SlideCnnRun;
import slidefield.nic.SlideCnnSettings;
import slidefield.nic.SlideCnnTraining;

/** Training of a network of compressed slides on a manifest's labels. */
@Command(
        name = "train-slides",
        description = {
            "Train a network on whole compressed slides (Neural Image Compression) and their labels: compress MANIFEST first.",
            "Labels are the manifest's: of two classes negative or normal (or 0, beside 1) is the negative one and all others are"
                    + " positive; training.task=classes takes each as a class of its own, training.task=regression numbers.",
            "It learns from the training split and the best weights are chosen by the validation split; with --fold K, the fold K is"
                    + " held out, the next one validates and all others train.",
            "RUN receives config.yaml, manifest.yaml, codes.yaml, metrics.csv, environment.json, checkpoints and"
                    + " slide-cnn.safetensors, the weights of the best validation."
        })
final class TrainSlidesCommand extends SlideTrainingCommand<SlideCnnSettings> {
    @Option(
            names = "--codes",
            paramLabel = "DIR",
            required = true,
            description = "The compressed slides, a folder each: what compress MANIFEST --out DIR made.")
    private Path codes;

    @Option(names = "--fold", paramLabel = "K", description = "Hold the slides of this fold of the manifest out.")
    private Integer fold;

    @Mixin
    private SlideCnnSettingsOptions options;

    private boolean resumed;

    TrainSlidesCommand() {
        super(RunKind.SLIDES);
    }

    @Override
    SlideCnnSettings settings() {
        return options.settings();
    }

    @Override
    SlideCnnSettings unchanged(RunFolder folder) {
        resumed = true;
        return options.unchanged(SlideCnnRun.settings(folder));
    }

    @Override
    Outcome train(RunFolder folder, SlideCnnSettings settings, Manifest manifest, DataRoot data, FitShown progress) {
        SlideCnnTraining.Trained trained =
                SlideCnnRun.train(folder, settings, dealt(folder, manifest), codes, progress);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("parameters", trained.network().network().parameterCount());
        values.put("epochs", settings.training().epochs());
        values.put("best_epoch", trained.bestEpoch());
        values.put("validation_loss", trained.leastLoss());
        return new Outcome(values, trained.reports());
    }

    /** The manifest as it is, or with a fold held out; of a resumed run, as it was. */
    private Manifest dealt(RunFolder folder, Manifest manifest) {
        Manifest wanted = fold == null ? manifest : manifest.heldOut(fold);
        if (!resumed || !Files.exists(folder.manifest())) {
            return wanted;
        }
        Manifest kept = Training.manifest(folder);
        boolean same = fold != null || kept.equals(manifest)
                ? kept.equals(wanted)
                : manifest.folds().size() > 2
                        && manifest.folds().stream().anyMatch(each -> kept.equals(manifest.heldOut(each)));
        if (!same) {
            throw new InputException(
                    folder.path() + " was trained on another manifest, or with another fold held out (see its "
                            + folder.manifest().getFileName() + "); go on with the same");
        }
        return kept;
    }

    @Override
    String goOnWith() {
        return " --codes " + codes + (fold == null ? "" : " --fold " + fold);
    }

    @Override
    protected String lessMemory() {
        return "--set training.batch=4, or a smaller --set slideCnn.crop";
    }
}
