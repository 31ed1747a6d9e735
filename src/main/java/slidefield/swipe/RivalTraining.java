package slidefield.swipe;

import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder;
import slidefield.nn.Engine;

/**
 * Trains one of SwIPE's rivals as {@link SwipeTraining} trains SwIPE: on the same images in the same order, from pixels or
 * points, with the same optimiser. Nothing is pre-trained.
 */
public final class RivalTraining {
    private RivalTraining() {}

    /**
     * Trains without a folder; for notebooks and experiments.
     *
     * @param settings all options
     * @param manifest which images
     * @param data where they lie
     * @param listener told how it goes
     * @throws slidefield.io.InputException if an image cannot be used, or a split has none
     */
    public static ImageTraining.Trained<TrainedRival> train(
            RivalSettings settings, ImageSetManifest manifest, DataRoot data, FitListener listener) {
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
    public static ImageTraining.Trained<TrainedRival> train(
            RunFolder folder, RivalSettings settings, ImageSetManifest manifest, DataRoot data, FitListener listener) {
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
    public static ImageTraining.Trained<TrainedRival> train(
            Engine engine,
            RunFolder folder,
            RivalSettings settings,
            ImageSet images,
            ImageSetManifest manifest,
            FitListener listener) {
        ImageTrainer<TrainedRival> trainer = trainer(engine, settings, images);
        return ImageTraining.into(folder, trainer, manifest, RivalTraining::settings, TrainedRival::save, listener);
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
    public static ImageTrainer<TrainedRival> trainer(Engine engine, RivalSettings settings, ImageSet set) {
        return new ImageTrainer<>(engine, settings, set, learner(engine, settings));
    }

    /** A fresh network with its loss. */
    static ImageLearner<TrainedRival> learner(Engine engine, RivalSettings settings) {
        RivalNetwork network = TrainedRival.network(engine, settings);
        RivalLoss loss = new RivalLoss(settings.loss());
        Phase phase = network instanceof PixelNetwork ? Phase.PIXELS : Phase.POINTS;
        return new ImageLearner<>(
                network,
                phase,
                (tape, batch, seed) -> loss.of(network, tape, batch),
                () -> new TrainedRival(engine, settings, network));
    }

    /** The settings that a rival's run was started with. */
    public static RivalSettings settings(RunFolder folder) {
        return RivalSettings.read(folder.path().resolve(RunFolder.CONFIG));
    }
}
