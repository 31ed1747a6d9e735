package slidefield.swipe;

import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder;
import slidefield.fit.Seeds;
import slidefield.nn.Engine;

/**
 * Trains a SwIPE on an image set, in memory or into a run folder that a killed run can be resumed from. The images are
 * dealt to the splits by the settings' seed; those of the test split are not looked at.
 */
public final class SwipeTraining {
    private SwipeTraining() {}

    /**
     * Trains without a folder; for notebooks and experiments.
     *
     * @param settings all options
     * @param manifest which images
     * @param data where they lie
     * @param listener told how it goes
     * @throws slidefield.io.InputException if an image cannot be used, or a split has none
     */
    public static ImageTraining.Trained<TrainedSwipe> train(
            SwipeSettings settings, ImageSetManifest manifest, DataRoot data, FitListener listener) {
        ImageSet images = ImageTraining.images(settings, manifest, data);
        return ImageTraining.inMemory(trainer(Engine.preferred(), settings, images), listener);
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
    public static ImageTraining.Trained<TrainedSwipe> train(
            RunFolder folder, SwipeSettings settings, ImageSetManifest manifest, DataRoot data, FitListener listener) {
        ImageSet images = ImageTraining.images(settings, manifest, data);
        return train(Engine.preferred(), folder, settings, images, manifest, listener);
    }

    /**
     * Trains into a run folder with images that are in memory already; for experiments, which train on the same ones again
     * and again.
     *
     * @param engine arithmetic
     * @param folder made by {@link RunFolder#forTraining}
     * @param settings all options; of a resumed run, those that it was started with
     * @param images of the manifest, as {@link #trainer} wants them
     * @param manifest which images; it is kept in the folder
     * @param listener told how it goes
     * @throws slidefield.io.InputException as {@link #trainer}, or if the folder's checkpoint or settings are others
     */
    public static ImageTraining.Trained<TrainedSwipe> train(
            Engine engine,
            RunFolder folder,
            SwipeSettings settings,
            ImageSet images,
            ImageSetManifest manifest,
            FitListener listener) {
        ImageTrainer<TrainedSwipe> trainer = trainer(engine, settings, images);
        return ImageTraining.into(folder, trainer, manifest, SwipeTraining::settings, TrainedSwipe::save, listener);
    }

    /**
     * A trainer of images that are in memory already.
     *
     * @param engine arithmetic
     * @param settings all options
     * @param set images of the size of {@link SwipeTrainingOptions#size()}; its training and validation splits are used
     * @throws slidefield.io.InputException if one of these splits has no image, or the network answers another number of
     *     classes
     */
    public static ImageTrainer<TrainedSwipe> trainer(Engine engine, SwipeSettings settings, ImageSet set) {
        return new ImageTrainer<>(engine, settings, set, learner(engine, settings));
    }

    /** A fresh network with its loss. */
    static ImageLearner<TrainedSwipe> learner(Engine engine, SwipeSettings settings) {
        Swipe network = TrainedSwipe.network(engine, settings);
        SwipeLoss loss = new SwipeLoss(settings.loss());
        ImageLearner.BatchLoss ofBatch = (tape, batch, seed) -> {
            SwipeOutput output = network.forward(
                    tape.constant(batch.colours(tape)),
                    batch.points().points(),
                    batch.sources(),
                    Seeds.derive(seed, "overreach"));
            return loss.of(output, batch.points().classes());
        };
        return new ImageLearner<>(network, Phase.POINTS, ofBatch, () -> new TrainedSwipe(engine, settings, network));
    }

    /** The settings that a SwIPE's run was started with. */
    public static SwipeSettings settings(RunFolder folder) {
        return SwipeSettings.read(folder.path().resolve(RunFolder.CONFIG));
    }
}
