package slidefield.nic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.Checkpoint;
import slidefield.fit.DivergedException;
import slidefield.fit.EpochReport;
import slidefield.fit.EpochSaver;
import slidefield.fit.FitListener;
import slidefield.fit.RunFolder;
import slidefield.fit.RunKind;
import slidefield.fit.Seeds;
import slidefield.fit.Training;
import slidefield.io.InputException;
import slidefield.nn.Engine;
import slidefield.nn.Precision;

/**
 * Trains an encoder on patches of a manifest's slides, in memory or into a run folder that a killed run can be resumed from.
 * Patches to learn from are of the training split, those that the best weights are chosen by of the validation split; both are
 * drawn once.
 */
public final class EncoderTraining {
    private static final String PATCHES = "training patches";

    private EncoderTraining() {}

    /**
     * What training gives.
     *
     * @param encoder with its weights
     * @param reports what every epoch came to: its training and, where there is one, its validation
     * @param bestEpoch whose weights the encoder has
     * @param bestLoss of its validation; 1 - accuracy of contrastive and supervised training; empty for a BiGAN
     */
    public record Trained(
            TrainedEncoder encoder, List<EpochReport> reports, int bestEpoch, Optional<Double> bestLoss) {}

    /**
     * Trains without a folder; for notebooks and experiments.
     *
     * @param settings all options
     * @param manifest its training and validation splits are used
     * @param data where files are
     * @param listener told how it goes
     * @throws InputException if a slide cannot be used, or no slide, tissue or annotation is there
     */
    public static Trained train(EncoderSettings settings, Manifest manifest, DataRoot data, FitListener listener) {
        Engine engine = Engine.preferred();
        EncoderTrainer.Data drawn = draw(settings, manifest, data, listener);
        try (EncoderLearner learner = learner(settings, engine)) {
            EncoderTrainer trainer = trainer(settings, learner, drawn);
            trainer.train(listener, t -> {});
            return trained(settings, learner, trainer);
        }
    }

    /**
     * Trains on patches that are in memory already, such as the synthetic ones.
     *
     * @param settings all options; the numbers of patches are those of the sets
     * @param training to learn from: patches, pairs or labelled patches, as the objective wants
     * @param validation to choose the best weights by; null for a BiGAN
     * @param listener told how it goes
     * @throws InputException if the examples are not of the encoder's size, or not of the objective's kind
     */
    public static Trained train(
            EncoderSettings settings, EncoderExamples training, EncoderExamples validation, FitListener listener) {
        requireFit(settings, training);
        if (validation != null) {
            requireFit(settings, validation);
        }
        try (EncoderLearner learner = learner(settings, Engine.preferred())) {
            EncoderTrainer trainer = trainer(settings, learner, of(settings, training, validation, List.of()));
            trainer.train(listener, t -> {});
            return trained(settings, learner, trainer);
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
     * @throws InputException as {@link #train(EncoderSettings, Manifest, DataRoot, FitListener)}, or if the folder's
     *     checkpoint or settings are others
     */
    public static Trained train(
            RunFolder folder, EncoderSettings settings, Manifest manifest, DataRoot data, FitListener listener) {
        Engine engine = Engine.preferred();
        EncoderTrainer.Data drawn = draw(settings, manifest, data, listener);
        return train(folder, settings, drawn, engine, manifest::write, listener);
    }

    /**
     * Trains into a run folder on patches that are in memory already.
     *
     * @param folder made by {@link RunFolder#forTraining}
     * @param settings all options; of a resumed run, those that it was started with
     * @param training as {@link #train(EncoderSettings, EncoderExamples, EncoderExamples, FitListener)}
     * @param validation as there
     * @param manifest writes what says where the patches are from to the file it is given
     * @param listener told how it goes
     * @throws InputException as there, or if the folder's checkpoint or settings are others
     */
    public static Trained train(
            RunFolder folder,
            EncoderSettings settings,
            EncoderExamples training,
            EncoderExamples validation,
            Consumer<Path> manifest,
            FitListener listener) {
        requireFit(settings, training);
        if (validation != null) {
            requireFit(settings, validation);
        }
        EncoderTrainer.Data given = of(settings, training, validation, List.of());
        return train(folder, settings, given, Engine.preferred(), manifest, listener);
    }

    private static Trained train(
            RunFolder folder,
            EncoderSettings settings,
            EncoderTrainer.Data drawn,
            Engine engine,
            Consumer<Path> manifest,
            FitListener listener) {
        Path path = folder.path();
        try (EncoderLearner learner = learner(settings, engine)) {
            EncoderTrainer trainer = trainer(settings, learner, drawn);
            if (folder.resumes()) {
                folder.requireSettings(settings.equals(settings(folder)));
                Checkpoint.load(path, trainer);
            } else {
                folder.begin(settings.toYaml(), Precision.F32, manifest, engine);
            }
            EpochSaver saver = new EpochSaver(folder, r -> trainer.finished());
            try {
                trainer.train(listener, saver::after);
            } catch (DivergedException diverged) {
                throw diverged.with(path);
            }
            folder.metrics(trainer.reports());
            Trained trained = trained(settings, learner, trainer);
            trained.encoder().save(path.resolve(RunKind.ENCODER.weights()));
            return trained;
        }
    }

    /** The settings that an encoder's run was started with. */
    public static EncoderSettings settings(RunFolder folder) {
        return EncoderSettings.read(folder.path().resolve(RunFolder.CONFIG));
    }

    /** Networks with fresh weights. */
    static EncoderLearner learner(EncoderSettings settings, Engine engine) {
        long seed = Seeds.derive(settings.seed(), "network");
        return settings.objective()
                .learner(settings.encoder(), engine, settings.training().adam(), seed);
    }

    static EncoderTrainer trainer(EncoderSettings settings, EncoderLearner learner, EncoderTrainer.Data data) {
        return new EncoderTrainer(learner, data, settings.training(), Seeds.derive(settings.seed(), "training"));
    }

    private static Trained trained(EncoderSettings settings, EncoderLearner learner, EncoderTrainer trainer) {
        return new Trained(
                new TrainedEncoder(settings.encoder(), learner.encoder()),
                trainer.reports(),
                trainer.bestEpoch(),
                learner.validates() ? Optional.of(trainer.bestLoss()) : Optional.empty());
    }

    /** Pairs of one place would be twice the same patch if they were not varied in validation, too. */
    static EncoderTrainer.Data of(
            EncoderSettings settings, EncoderExamples training, EncoderExamples validation, List<String> sources) {
        boolean pairs = settings.objective().wants() == EncoderObjective.Wants.PAIRS;
        return new EncoderTrainer.Data(
                PATCHES,
                training,
                settings.augmentation(),
                validation,
                pairs ? settings.augmentation() : PatchAugmentation.NONE,
                sources);
    }

    private static PatchSet patches(EncoderExamples examples) {
        if (examples instanceof PatchPairs pairs) {
            return pairs.patches();
        }
        if (examples instanceof PatchSet patches) {
            return patches;
        }
        throw new IllegalArgumentException("patches, or pairs of them, are expected to train an encoder with");
    }

    private static void requireFit(EncoderSettings settings, EncoderExamples examples) {
        PatchSet patches = patches(examples);
        EncoderOptions encoder = settings.encoder();
        if (patches.side() != encoder.patch() || patches.colours() != encoder.colours()) {
            throw new InputException("patches of " + encoder.patch() + " pixels with " + encoder.colours()
                    + " colours are expected, found " + patches.side() + " pixels with " + patches.colours()
                    + "; set encoder.patch and encoder.colours");
        }
        EncoderObjective.Wants wants = settings.objective().wants();
        if (examples instanceof PatchPairs != (wants == EncoderObjective.Wants.PAIRS)) {
            throw new InputException(
                    wants == EncoderObjective.Wants.PAIRS
                            ? "contrastive training needs pairs of patches, found single ones"
                            : "single patches are needed, found pairs");
        }
        if (wants == EncoderObjective.Wants.LABELS && patches.classes().isEmpty()) {
            throw new InputException("patches with labels are needed, found patches without");
        }
        if (settings.objective() instanceof SupervisedObjective supervised
                && patches.classes().size() != supervised.classes()) {
            throw new InputException("patches of " + supervised.classes() + " classes are expected, found "
                    + patches.classes().size() + ": set objective.classes="
                    + patches.classes().size());
        }
    }

    private static EncoderTrainer.Data draw(
            EncoderSettings settings, Manifest manifest, DataRoot data, FitListener listener) {
        Training.requireSlides(manifest);
        List<String> sources = new ArrayList<>();
        EncoderExamples training =
                draw(settings, manifest, Split.TRAIN, settings.patches().training(), data, listener, sources);
        EncoderExamples validation = settings.objective().validates()
                ? draw(settings, manifest, Split.VALIDATION, settings.patches().validation(), data, listener, sources)
                : null;
        return of(settings, training, validation, List.copyOf(sources));
    }

    private static EncoderExamples draw(
            EncoderSettings settings,
            Manifest manifest,
            Split split,
            int count,
            DataRoot data,
            FitListener listener,
            List<String> sources) {
        for (SlideEntry slide : manifest.split(split)) {
            sources.add(slide.name() + (split == Split.TRAIN ? "" : " (validation)"));
        }
        if (manifest.split(split).isEmpty() && split == Split.VALIDATION) {
            throw new InputException("no slide has the split 'validation', and the best weights are chosen by such"
                    + " slides; give one of the manifest's slides, or a region of one, that split");
        }
        long seed = Seeds.derive(settings.seed(), "patches", split.name());
        EncoderPatchOptions patches = settings.patches();
        ManifestPatches from =
                new ManifestPatches(manifest, split, data, settings.encoder().patch(), patches.scale(), listener);
        EncoderExamples drawn =
                switch (settings.objective().wants()) {
                    case PATCHES -> from.draw(seed, p -> p.unlabelled(count));
                    case PAIRS -> from.draw(seed, p -> p.pairs(count));
                    case LABELS -> patches.labels() == PatchLabels.TISSUE
                            ? from.tissues(count, seed)
                            : from.draw(seed, p -> p.tumour(count));
                };
        requireFit(settings, drawn);
        return drawn;
    }
}
