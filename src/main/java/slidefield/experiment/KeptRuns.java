package slidefield.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import slidefield.fit.RunFolder;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;

/**
 * Trains into the runs of an experiment, goes on with one that was stopped, or reads one that is done.
 *
 * @param <D> the kind of manifest
 * @param <S> settings, with the seed
 * @param <M> what is trained
 */
abstract class KeptRuns<D, S, M> {
    private static final String CONFIG = "config.yaml";

    private final ExperimentContext<D> context;
    private final Runs runs;
    /** The last one, as several rows of a table often come from one training. */
    private Path lastFolder;

    private M last;

    KeptRuns(ExperimentContext<D> context, Runs runs) {
        this.context = context;
        this.runs = runs;
    }

    /** Opens the folder of a run that begins or goes on. */
    abstract RunFolder open(Path folder, IfExists choice);

    /** The file that only a finished run has. */
    abstract String weights();

    /** What a run was started with. */
    abstract S stored(RunFolder folder);

    /** Which data a run was started with. */
    abstract D manifest(RunFolder folder);

    /** Reads what a finished run came to. */
    abstract M read(Path folder, S settings);

    /** Trains from where the folder stands. */
    abstract M train(RunFolder folder, S settings, ExperimentContext<D> where);

    /**
     * What a run came to.
     *
     * @param name of the run
     * @param seed of the run
     * @param settings its options, with the seed
     * @throws InputException if a run of that name was made with other settings or another manifest
     */
    final M of(String name, long seed, S settings) {
        require(name, seed, settings);
        Path path = runs.folder(name, seed);
        if (!path.equals(lastFolder)) {
            last = readOrTrain(path, settings);
            lastFolder = path;
        }
        return last;
    }

    /**
     * A finished run with settings that do not change its weights.
     *
     * @param name of the run
     * @param seed of the run
     * @param settings its options but for how it answers
     */
    final M reread(String name, long seed, S settings) {
        return read(runs.folder(name, seed), settings);
    }

    private M readOrTrain(Path path, S settings) {
        if (!Files.exists(path.resolve(CONFIG))) {
            return train(open(path, IfExists.REFUSE), settings, context);
        }
        RunFolder resumed = open(path, IfExists.RESUME);
        return Files.exists(path.resolve(weights())) ? read(path, settings) : train(resumed, settings, context);
    }

    /**
     * Refuses a run that is there but was made otherwise.
     *
     * @throws InputException if it has other settings or another manifest
     */
    final void require(String name, long seed, S settings) {
        Path path = runs.folder(name, seed);
        if (!Files.exists(path.resolve(CONFIG))) {
            return;
        }
        RunFolder folder = open(path, IfExists.RESUME);
        if (!stored(folder).equals(settings)) {
            throw new InputException(
                    path + " was trained with other settings (see its config.yaml); go on with the same"
                            + " --size and --set, or replace it with --force");
        }
        // The manifest is written after the settings; a run that was stopped between them has nothing to keep.
        if (Files.exists(path.resolve("manifest.yaml")) && !manifest(folder).equals(context.manifest())) {
            throw new InputException(path + " was trained on another manifest (see its manifest.yaml); choose another"
                    + " --out, or replace it with --force");
        }
    }
}
