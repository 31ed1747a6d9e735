package slidefield.swipe.volume;

import java.nio.file.Path;
import java.util.List;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.data.Split;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.EpochSaver;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder;
import slidefield.fit.ValidatedTrainer;
import slidefield.nn.Engine;
import slidefield.nn.Precision;
import slidefield.swipe.SwipeOptimisation;

/**
 * Trains a network of volumes on a set, in memory or into a run folder that a killed run can be resumed from. The volumes are
 * dealt to the splits by the settings' seed; those of the test split are not read.
 */
public final class VolumeTraining {
    private static final String ALL_VOLUMES = "training volumes";

    private VolumeTraining() {}

    /**
     * What training gives.
     *
     * @param network for unseen volumes
     * @param reports what every epoch came to: its training and, where it was validated, 1 - Dice
     * @param bestEpoch whose weights the network has
     * @param bestDice mean Dice over the validation volumes of these weights
     */
    public record Trained(TrainedVolumeNetwork network, List<EpochReport> reports, int bestEpoch, double bestDice) {}

    /**
     * Trains without a folder; for notebooks and experiments.
     *
     * @param settings all options
     * @param set volumes; the training and validation splits are used
     * @param listener told how it goes
     * @throws slidefield.io.InputException if a split has no volume, or the network answers another number of classes
     */
    public static Trained train(VolumeSettings settings, VolumeSet set, FitListener listener) {
        Engine engine = Engine.preferred();
        VolumeTask task = new VolumeTask(engine, settings, set);
        ValidatedTrainer trainer = trainer(engine, settings, task);
        trainer.train(listener, t -> {});
        return trained(task, trainer);
    }

    /**
     * Trains into a run folder. Checkpoints are saved between epochs, the first after the first.
     *
     * @param folder made by {@link RunFolder#forTraining}
     * @param settings all options; of a resumed run, those that it was started with
     * @param manifest which volumes; it is kept in the folder
     * @param data where they lie
     * @param listener told how it goes
     * @throws slidefield.io.InputException as {@link #train}, or if a volume cannot be used, or the folder's checkpoint or
     *     settings are others
     */
    public static Trained train(
            RunFolder folder, VolumeSettings settings, ImageSetManifest manifest, DataRoot data, FitListener listener) {
        Path path = folder.path();
        Engine engine = Engine.preferred();
        VolumeSet set = VolumeSet.read(manifest, data, settings.seed(), List.of(Split.TRAIN, Split.VALIDATION));
        VolumeTask task = new VolumeTask(engine, settings, set);
        ValidatedTrainer trainer = trainer(engine, settings, task);
        if (folder.resumes()) {
            folder.requireSettings(settings.equals(settings(folder)));
            Checkpoint.load(path, trainer);
        } else {
            folder.begin(settings.toYaml(), Precision.F32, manifest, engine);
        }
        EpochSaver saver = new EpochSaver(folder, r -> r.phase() == Phase.VALIDATION && r.epoch() == trainer.epochs());
        try {
            trainer.train(listener, saver::after);
        } catch (DivergedException diverged) {
            throw diverged.with(path);
        }
        folder.metrics(trainer.reports());
        task.answering().save(path);
        return trained(task, trainer);
    }

    /** The trainer of a task. */
    static ValidatedTrainer trainer(Engine engine, VolumeSettings settings, VolumeTask task) {
        SwipeOptimisation own = settings.optimisation();
        VolumeTrainingOptions training = settings.training();
        SwipeOptimisation stretched =
                own.withEpochs(training.epochs(task.learnt().size(), own));
        return new ValidatedTrainer(
                engine,
                task,
                new ValidatedTrainer.Plan(
                        settings.seed(),
                        stretched.epochs(),
                        training.batch(),
                        training.validateEvery(),
                        stretched.adamW(),
                        (epoch, done) -> stretched.rate(epoch)),
                ALL_VOLUMES);
    }

    private static Trained trained(VolumeTask task, ValidatedTrainer trainer) {
        return new Trained(task.answering(), trainer.reports(), trainer.bestEpoch(), 1 - trainer.leastLoss());
    }

    /** The settings that a volume network's run was started with. */
    public static VolumeSettings settings(RunFolder folder) {
        return VolumeSettings.read(folder.path().resolve(RunFolder.CONFIG));
    }
}
