package slidefield.nic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochSaver;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder;
import slidefield.fit.Training;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Precision;

/**
 * Trains a network on a manifest's compressed slides into a run folder that a killed run can be resumed from: it learns from the
 * training split, the best weights are chosen by the validation split. For a round of a cross-validation, give {@link
 * Manifest#heldOut}.
 *
 * <p>Holds nothing: thread-safe, but for one training at a time in a folder.
 */
public final class SlideCnnRun {
    private SlideCnnRun() {}

    /**
     * Trains into a run folder. Checkpoints are saved between epochs, the first after the first.
     *
     * @param folder made by {@link RunFolder#forTraining}
     * @param settings all options; of a resumed run, those that it was started with
     * @param manifest its slides, with labels as {@link SlideLabels} expects them; it is kept in the folder
     * @param codes holds a folder per slide, as {@code compress MANIFEST} writes them
     * @param listener told how it goes
     * @throws InputException if a slide is not there or has no label, a split is empty, the codes have another size, or the
     *     folder's checkpoint, settings or codes are others
     */
    public static SlideCnnTraining.Trained train(
            RunFolder folder, SlideCnnSettings settings, Manifest manifest, Path codes, FitListener listener) {
        Path path = folder.path();
        requireSplits(manifest);
        List<SlideEntry> used = new ArrayList<>(manifest.split(Split.TRAIN));
        used.addAll(manifest.split(Split.VALIDATION));
        SlideLabels labels = labels(settings, manifest);
        CompressedSet set = CompressedSet.open(codes, used);
        requireCode(settings, set.origin());
        Engine engine = Engine.preferred();
        SlideCnnTraining training = new SlideCnnTraining(
                engine,
                settings,
                set.labelled(manifest.split(Split.TRAIN), labels),
                set.labelled(manifest.split(Split.VALIDATION), labels));
        if (folder.resumes()) {
            folder.requireSettings(settings.equals(settings(folder)));
            if (!CodeOrigin.read(path).equals(set.origin())) {
                throw new InputException(path + " was started with other codes (see its " + RunFolder.CODES
                        + "); go on with those, or choose another folder");
            }
            Checkpoint.load(path, training.state());
        } else {
            folder.begin(settings.toYaml(), Precision.F32, manifest, engine);
            set.origin().write(path);
        }
        int epochs = settings.training().epochs();
        EpochSaver saver = new EpochSaver(folder, r -> r.phase() == Phase.VALIDATION && r.epoch() == epochs);
        SlideCnnTraining.Trained trained;
        try {
            trained = training.train(listener, saver::after);
        } catch (DivergedException diverged) {
            throw diverged.with(path);
        }
        folder.metrics(trained.reports());
        trained.network().save(path);
        return trained;
    }

    private static void requireSplits(Manifest manifest) {
        Training.requireSlides(manifest);
        if (manifest.split(Split.VALIDATION).isEmpty()) {
            throw new InputException(
                    "manifest " + manifest.name() + " has no slide with the split 'validation', and the"
                            + " best weights are chosen by such slides; give some that split, or hold a fold out (--fold)");
        }
    }

    private static void requireCode(SlideCnnSettings settings, CodeOrigin origin) {
        if (settings.slideCnn().code() != origin.code()) {
            throw new InputException("the slides have codes of " + origin.code() + " values, the network takes "
                    + settings.slideCnn().code() + ": set slideCnn.code=" + origin.code());
        }
    }

    /** What the labels of a manifest's slides are to a network of these settings. */
    public static SlideLabels labels(SlideCnnSettings settings, Manifest manifest) {
        return SlideLabels.of(
                manifest, settings.training().task(), settings.slideCnn().outputs());
    }

    /** The settings that a run was started with. */
    public static SlideCnnSettings settings(RunFolder folder) {
        return SlideCnnSettings.read(folder.path().resolve(RunFolder.CONFIG));
    }

    /**
     * Refuses a slide whose codes are not of the kind that a run learnt from.
     *
     * @param folder of the run
     * @param slide that is to be predicted
     * @throws InputException if another encoder made them, or with other options
     */
    public static void requireCodes(RunFolder folder, CompressedSlide slide) {
        CodeOrigin.read(folder.path()).require(slide, "those that " + folder.path() + " learnt from");
    }
}
