package slidefield.swipe;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import slidefield.data.DataRoot;
import slidefield.data.ImageSetManifest;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.EpochSaver;
import slidefield.fit.FitListener;
import slidefield.fit.Phase;
import slidefield.fit.RunFolder;
import slidefield.nn.Precision;

/** What trainings on image sets have in common, whatever learns: in memory, or into a run folder. */
public final class ImageTraining {
    private ImageTraining() {}

    /**
     * What training gives.
     *
     * @param network for unseen images
     * @param reports what every epoch came to: its training and, where it was validated, 1 - Dice
     * @param bestEpoch whose weights the network has
     * @param bestDice mean Dice over the validation images of these weights
     * @param <S> what was trained
     */
    public record Trained<S extends ImageSegmenter>(
            S network, List<EpochReport> reports, int bestEpoch, double bestDice) {}

    /**
     * Trains without a folder what the settings say, SwIPE or a rival.
     *
     * @param settings all options
     * @param manifest which images
     * @param data where they lie
     * @param listener told how it goes
     * @throws slidefield.io.InputException if an image cannot be used, or a split has none
     */
    public static Trained<? extends ImageSegmenter> train(
            ImageSettings settings, ImageSetManifest manifest, DataRoot data, FitListener listener) {
        return settings instanceof SwipeSettings swipe
                ? SwipeTraining.train(swipe, manifest, data, listener)
                : RivalTraining.train((RivalSettings) settings, manifest, data, listener);
    }

    /** The manifest's images in the size that the settings learn from. */
    static ImageSet images(ImageSettings settings, ImageSetManifest manifest, DataRoot data) {
        int size = settings.training().size();
        return ImageSet.read(manifest, data, size, size, settings.seed());
    }

    /** Trains without a folder. */
    static <S extends ImageSegmenter> Trained<S> inMemory(ImageTrainer<S> trainer, FitListener listener) {
        return trained(trainer.train(listener, t -> {}), trainer);
    }

    /**
     * Trains into a run folder. Checkpoints are saved between epochs, the first after the first.
     *
     * @param folder made by {@link RunFolder#forTraining}
     * @param trainer of its settings
     * @param manifest of its images; kept in the folder
     * @param stored reads the settings that a folder's run was started with
     * @param save writes the result into a folder
     * @param listener told how it goes
     */
    static <S extends ImageSegmenter> Trained<S> into(
            RunFolder folder,
            ImageTrainer<S> trainer,
            ImageSetManifest manifest,
            Function<RunFolder, ? extends ImageSettings> stored,
            BiConsumer<S, Path> save,
            FitListener listener) {
        Path path = folder.path();
        ImageSettings settings = trainer.settings();
        if (folder.resumes()) {
            folder.requireSettings(settings.equals(stored.apply(folder)));
            Checkpoint.load(path, trainer);
        } else {
            folder.begin(settings.toYaml(), Precision.F32, manifest, trainer.engine());
        }
        EpochSaver saver = new EpochSaver(folder, r -> r.phase() == Phase.VALIDATION && r.epoch() == trainer.epochs());
        S network;
        try {
            network = trainer.train(listener, saver::after);
        } catch (DivergedException diverged) {
            throw diverged.with(path);
        }
        folder.metrics(trainer.reports());
        save.accept(network, path);
        return trained(network, trainer);
    }

    private static <S extends ImageSegmenter> Trained<S> trained(S network, ImageTrainer<S> trainer) {
        return new Trained<>(network, trainer.reports(), trainer.bestEpoch(), trainer.bestDice());
    }
}
