package slidefield.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import slidefield.fit.OutputFolder;
import slidefield.fit.Prediction;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;

/**
 * The trained runs of an experiment and their predictions, {@code runs/NAME-SEED} in the output folder. Experiments that
 * share an output folder share the runs that they have in common. What was made since this was opened is used as it is;
 * what was there before is refused, used or replaced, as the context says.
 */
final class Runs {
    private static final String FOLDER = "runs";
    private static final String PREDICTIONS = "predictions";

    private final Path root;
    private final IfExists existing;
    private final Set<Path> opened = new HashSet<>();

    /**
     * @param context where, and what to do with runs that are there
     * @throws InputException if there are runs and the context is to refuse them, or the folder cannot be written
     */
    Runs(ExperimentContext<?> context) {
        this.root = context.out().resolve(FOLDER);
        this.existing = context.existing();
        OutputFolder.require(root);
        if (existing == IfExists.REFUSE && !inside(root).isEmpty()) {
            throw new InputException(
                    root + " holds runs already; use them with --resume, or replace them with --force");
        }
    }

    private static List<Path> inside(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException failure) {
            throw new InputException("cannot read " + folder + ": " + failure.getMessage(), failure);
        }
    }

    /** The folder of a run; what it holds from earlier is removed once, where runs are to be replaced. */
    Path folder(String name, long seed) {
        Path folder = root.resolve(name + "-" + seed);
        if (opened.add(folder) && existing == IfExists.REPLACE) {
            delete(folder);
        }
        return folder;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new InputException("cannot remove " + folder + ": " + failure.getMessage(), failure);
        }
    }

    /** An answer of a run, with what it took. */
    record Answer(Prediction prediction, double seconds) {}

    /**
     * An answer of a run: read where it was made before, else made and kept.
     *
     * @param name of the run
     * @param seed of the run
     * @param answer its name, unique in the run
     * @param colours whether the paint is kept too
     * @param make makes it
     */
    Answer answer(String name, long seed, String answer, boolean colours, Supplier<Prediction> make) {
        PredictionFile file =
                new PredictionFile(folder(name, seed).resolve(PREDICTIONS).resolve(answer));
        if (file.exists(colours)) {
            return file.read();
        }
        long start = System.nanoTime();
        Prediction prediction = make.get();
        Answer made = new Answer(prediction, (System.nanoTime() - start) / 1e9);
        file.write(made, colours);
        return made;
    }
}
