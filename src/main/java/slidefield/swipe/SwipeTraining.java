package slidefield.swipe;

import java.nio.file.Path;
import java.util.List;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.EpochSaver;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder;
import slidefield.nn.Engine;
import slidefield.nn.Precision;

/**
 * Trains a SwIPE on an image set, in memory or into a run folder that a killed run can be resumed from. The images are
 * dealt to the splits by the settings' seed; those of the test split are not looked at.
 */
public final class SwipeTraining {
    private SwipeTraining() {}

    /**
     * What training gives.
     *
     * @param network for unseen images
     * @param reports what every epoch came to: its training and, where it was validated, 1 - Dice
     * @param bestEpoch whose weights the network has
     * @param bestDice mean Dice over the validation images of these weights
     */
    public record Trained(TrainedSwipe network, List<EpochReport> reports, int bestEpoch, double bestDice) {}

    /**
     * Trains without a folder; for notebooks and experiments.
     *
     * @param settings all options
     * @param manifest which images
     * @param data where they lie
     * @param listener told how it goes
     * @throws slidefield.io.InputException if an image cannot be used, or a split has none
     */
    public static Trained train(
            SwipeSettings settings, ImageSetManifest manifest, DataRoot data, FitListener listener) {
        SwipeTrainer trainer = trainer(Engine.preferred(), settings, manifest, data);
        return trained(trainer.train(listener, t -> {}), trainer);
    }

    /**
     * Trains into a run folder. Checkpoints are saved between epochs, the first after the first.
     *
     * @param folder made by {@link RunFolder#forTraining}
     * @param settings all options; of a resumed run, those that it was started with
     * @param manifest which images; it is kept in the folder
     * @param data where they lie
     * @param listener told how it goes
     * @throws slidefield.io.InputException as {@link #train}, or if the folder's checkpoint or settings are others
     */
    public static Trained train(
            RunFolder folder, SwipeSettings settings, ImageSetManifest manifest, DataRoot data, FitListener listener) {
        Path path = folder.path();
        Engine engine = Engine.preferred();
        SwipeTrainer trainer = trainer(engine, settings, manifest, data);
        if (folder.resumes()) {
            folder.requireSettings(settings.equals(settings(folder)));
            Checkpoint.load(path, trainer);
        } else {
            folder.begin(settings.toYaml(), Precision.F32, manifest, engine);
        }
        EpochSaver saver = new EpochSaver(folder, r -> r.phase() == Phase.VALIDATION && r.epoch() == trainer.epochs());
        TrainedSwipe network;
        try {
            network = trainer.train(listener, saver::after);
        } catch (DivergedException diverged) {
            throw diverged.with(path);
        }
        folder.metrics(trainer.reports());
        network.save(path);
        return trained(network, trainer);
    }

    private static SwipeTrainer trainer(
            Engine engine, SwipeSettings settings, ImageSetManifest manifest, DataRoot data) {
        int size = settings.training().size();
        return new SwipeTrainer(engine, settings, ImageSet.read(manifest, data, size, size, settings.seed()));
    }

    private static Trained trained(TrainedSwipe network, SwipeTrainer trainer) {
        return new Trained(network, trainer.reports(), trainer.bestEpoch(), trainer.bestDice());
    }

    /** The settings that a SwIPE's run was started with. */
    public static SwipeSettings settings(RunFolder folder) {
        return SwipeSettings.read(folder.path().resolve(RunFolder.CONFIG));
    }
}
