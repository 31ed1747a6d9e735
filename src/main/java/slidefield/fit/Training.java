package slidefield.fit;

import java.nio.file.Path;
import java.util.List;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.io.InputException;
import slidefield.nn.Engine;

/** Trains on a manifest's training split, in memory or into a run folder that a killed run can be resumed from. */
public final class Training {
    static final String MANIFEST = "manifest.yaml";

    private Training() {}

    /**
     * Trains without a folder; for notebooks.
     *
     * @param settings all options
     * @param manifest its training split is used
     * @param data where files are
     * @param listener told how it goes
     * @return the trained field and what its epochs came to
     * @throws InputException if a slide cannot be used, or no slide, tissue or lesion is there
     */
    public static Trained train(Settings settings, Manifest manifest, DataRoot data, FitListener listener) {
        try (OpenedSlides slides = open(manifest, data, listener)) {
            Trainer trainer = new Trainer(
                    Engine.preferred(settings.precision()),
                    settings,
                    slides.planes(),
                    Path.of(System.getProperty("java.io.tmpdir")));
            return new Trained(trainer.train(listener, t -> {}), trainer.reports());
        }
    }

    /**
     * Trains into a run folder. Checkpoints are saved between epochs, the first after the first.
     *
     * @param folder made by {@link RunFolder#forTraining}
     * @param settings all options; of a resumed run, those that it was started with
     * @param manifest its training split is used; it is kept in the folder
     * @param data where files are
     * @param listener told how it goes
     * @throws InputException as {@link #train}, or if the folder's checkpoint or settings are others
     */
    public static Trained train(
            RunFolder folder, Settings settings, Manifest manifest, DataRoot data, FitListener listener) {
        Path path = folder.path();
        Engine engine = Engine.preferred(settings.precision());
        try (OpenedSlides slides = open(manifest, data, listener)) {
            Trainer trainer = new Trainer(engine, settings, slides.planes(), path);
            if (folder.resumes()) {
                folder.requireSettings(settings.equals(folder.settings()));
                Checkpoint.load(path, trainer);
            } else {
                folder.begin(settings, manifest, engine);
            }
            EpochSaver saver = new EpochSaver(folder, settings.training()::endsStep);
            TrainedField field;
            try {
                field = trainer.train(listener, saver::after);
            } catch (DivergedException diverged) {
                throw diverged.with(path);
            }
            folder.metrics(trainer.reports());
            field.save(path);
            return new Trained(field, trainer.reports());
        }
    }

    /**
     * What training gives.
     *
     * @param field for unseen slides
     * @param reports what every epoch came to
     */
    public record Trained(TrainedField field, List<EpochReport> reports) {}

    private static OpenedSlides open(Manifest manifest, DataRoot data, FitListener listener) {
        requireSlides(manifest);
        return OpenedSlides.open(manifest, Split.TRAIN, data, listener);
    }

    /** @throws InputException if the manifest has no training slide */
    public static void requireSlides(Manifest manifest) {
        if (manifest.split(Split.TRAIN).isEmpty()) {
            throw new InputException("manifest " + manifest.name() + " has no slide with the split 'train'");
        }
    }

    /** The manifest that a run was trained on. */
    public static Manifest manifest(RunFolder folder) {
        return Manifest.read(folder.path().resolve(MANIFEST));
    }
}
