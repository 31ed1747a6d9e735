package slidefield.patch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.EpochSaver;
import slidefield.fit.FitListener;
import slidefield.fit.OpenedSlides;
import slidefield.fit.Phase;
import slidefield.fit.Plane;
import slidefield.fit.RunFolder;
import slidefield.fit.Seeds;
import slidefield.fit.Training;
import slidefield.nn.Engine;

/**
 * Trains a patch network on a manifest's training split, in memory or into a run folder that a killed run can be resumed
 * from. The validation loss is that of the manifest's validation split; where it has none, of a strip of every training
 * slide that training never reads.
 */
public final class PatchTraining {
    private PatchTraining() {}

    /**
     * What training gives.
     *
     * @param network for unseen slides
     * @param reports what every epoch came to: of each, training and then validation
     */
    public record Trained(TrainedPatchNetwork network, List<EpochReport> reports) {}

    /**
     * Trains without a folder; for notebooks and experiments.
     *
     * @param settings all options
     * @param manifest its training and validation splits are used
     * @param data where files are
     * @param listener told how it goes
     * @throws slidefield.io.InputException if a slide cannot be used, or no slide, tissue or lesion is there
     */
    public static Trained train(PatchSettings settings, Manifest manifest, DataRoot data, FitListener listener) {
        Training.requireSlides(manifest);
        try (OpenedSlides training = OpenedSlides.open(manifest, Split.TRAIN, data, listener);
                OpenedSlides validation = OpenedSlides.open(manifest, Split.VALIDATION, data, listener)) {
            PatchTrainer trainer = trainer(
                    Engine.preferred(settings.precision()), settings, training.planes(), validation.planes(), listener);
            return new Trained(trainer.train(listener, t -> {}), trainer.reports());
        }
    }

    /**
     * Trains into a run folder. Checkpoints are saved between epochs, the first after the first.
     *
     * @param folder made by {@link RunFolder#forTraining}
     * @param settings all options; of a resumed run, those that it was started with
     * @param manifest its training and validation splits are used; it is kept in the folder
     * @param data where files are
     * @param listener told how it goes
     * @throws slidefield.io.InputException as {@link #train}, or if the folder's checkpoint or settings are others
     */
    public static Trained train(
            RunFolder folder, PatchSettings settings, Manifest manifest, DataRoot data, FitListener listener) {
        Path path = folder.path();
        Engine engine = Engine.preferred(settings.precision());
        Training.requireSlides(manifest);
        try (OpenedSlides training = OpenedSlides.open(manifest, Split.TRAIN, data, listener);
                OpenedSlides validation = OpenedSlides.open(manifest, Split.VALIDATION, data, listener)) {
            PatchTrainer trainer = trainer(engine, settings, training.planes(), validation.planes(), listener);
            if (folder.resumes()) {
                folder.requireSettings(settings.equals(settings(folder)));
                Checkpoint.load(path, trainer);
            } else {
                folder.begin(settings.toYaml(), settings.precision(), manifest, engine);
            }
            int epochs = settings.training().epochs();
            EpochSaver saver = new EpochSaver(folder, r -> r.phase() == Phase.VALIDATION && r.epoch() == epochs);
            TrainedPatchNetwork network;
            try {
                network = trainer.train(listener, saver::after);
            } catch (DivergedException diverged) {
                throw diverged.with(path);
            }
            folder.metrics(trainer.reports());
            network.save(path);
            return new Trained(network, trainer.reports());
        }
    }

    /** The settings that a patch network's run was started with. */
    public static PatchSettings settings(RunFolder folder) {
        return PatchSettings.read(folder.path().resolve(RunFolder.CONFIG));
    }

    /**
     * A trainer of slides that are open already.
     *
     * @param engine arithmetic and precision
     * @param settings all options
     * @param training annotated slides at Base
     * @param validation annotated slides at Base; where there is none, a strip of each training slide is kept
     * @param listener told which of the two
     * @throws slidefield.io.InputException if a slide is not annotated, or no tissue or lesion is there
     */
    public static PatchTrainer trainer(
            Engine engine,
            PatchSettings settings,
            List<? extends Plane> training,
            List<? extends Plane> validation,
            FitListener listener) {
        PatchOptions patches = settings.patches();
        List<Integer> scales = settings.network().scales();
        long seed = Seeds.derive(settings.seed(), "patches");
        List<Plane> seen = scaled(training, patches.scale());
        if (!validation.isEmpty()) {
            return new PatchTrainer(
                    engine,
                    settings,
                    PatchSampler.of(seen, scales, patches, settings.augmentation(), seed),
                    PatchSampler.of(scaled(validation, patches.scale()), scales, patches, Augmentation.NONE, seed));
        }
        List<PatchMap> maps =
                PatchSampler.requireAnnotated(seen).stream().map(PatchMap::of).toList();
        List<ScaledPlanes> learning = new ArrayList<>();
        List<ScaledPlanes> checking = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            ScaledPlanes slide = new ScaledPlanes(seen.get(i), scales);
            HeldOut parts = HeldOut.of(seen.get(i), maps.get(i), patches.validationShare());
            learning.add(slide.within(parts.training()));
            checking.add(slide.within(parts.validation()));
        }
        listener.notice("no slide has the split 'validation': the validation loss is that of a strip of every training"
                + " slide (" + Math.round(100 * patches.validationShare())
                + " % of its area), which training does not read");
        return new PatchTrainer(
                engine,
                settings,
                new PatchSampler(learning, maps, patches, settings.augmentation(), seed),
                new PatchSampler(checking, maps, patches, Augmentation.NONE, seed));
    }

    private static List<Plane> scaled(List<? extends Plane> slides, int scale) {
        return slides.stream().<Plane>map(s -> s.coarser(scale)).toList();
    }
}
