package slidefield.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import slidefield.data.DataRoot;
import slidefield.fit.FitListener;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;

/**
 * What an experiment works on.
 *
 * @param <D> the kind of manifest: of slides or of images
 * @param manifest its training split trains, its test split is scored
 * @param data where the files are
 * @param second a second data set, for experiments that take one: see {@link Experiment#second}
 * @param out where results and runs go
 * @param seeds of the trainings, at least one, each once
 * @param size how much of everything
 * @param existing what to do with runs that are in the folder already
 * @param changes of options, {@code key=value}; see {@link Changes}
 * @param listener told how it goes
 */
public record ExperimentContext<D>(
        D manifest,
        DataRoot data,
        Optional<DataSet<D>> second,
        Path out,
        List<Long> seeds,
        Size size,
        IfExists existing,
        Changes changes,
        FitListener listener) {
    public ExperimentContext {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || seeds.stream().distinct().count() != seeds.size()) {
            throw new InputException("an experiment needs one seed or more, each once, found " + seeds);
        }
    }

    /**
     * A new experiment of a size, with its usual seeds, that refuses a folder with runs and shows no progress.
     *
     * @param manifest which slides or images
     * @param data where files are
     * @param out where results go
     * @param size how much of everything
     */
    public static <D> ExperimentContext<D> of(D manifest, DataRoot data, Path out, Size size) {
        return new ExperimentContext<>(
                manifest,
                data,
                Optional.empty(),
                out,
                firstSeeds(size.seeds()),
                size,
                IfExists.REFUSE,
                Changes.NONE,
                FitListener.NONE);
    }

    private static List<Long> firstSeeds(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    /**
     * The same with the seeds 0, 1, ..., {@code count - 1}.
     *
     * @throws InputException if {@code count} is below 1
     */
    public ExperimentContext<D> withSeeds(int count) {
        return withSeeds(firstSeeds(count));
    }

    /** The same with given seeds. */
    public ExperimentContext<D> withSeeds(List<Long> others) {
        return new ExperimentContext<>(manifest, data, second, out, others, size, existing, changes, listener);
    }

    /** The same with another way to treat runs that are there. */
    public ExperimentContext<D> with(IfExists other) {
        return new ExperimentContext<>(manifest, data, second, out, seeds, size, other, changes, listener);
    }

    /** The same with changed options, {@code key=value} each. */
    public ExperimentContext<D> with(List<String> others) {
        return new ExperimentContext<>(
                manifest, data, second, out, seeds, size, existing, new Changes(others), listener);
    }

    /** The same with another listener. */
    public ExperimentContext<D> with(FitListener other) {
        return new ExperimentContext<>(manifest, data, second, out, seeds, size, existing, changes, other);
    }

    /** The same with a second data set. */
    public ExperimentContext<D> withSecond(DataSet<D> other) {
        return new ExperimentContext<>(
                manifest, data, Optional.of(other), out, seeds, size, existing, changes, listener);
    }

    /** The same with another manifest, of the same files. */
    ExperimentContext<D> withManifest(D other) {
        return new ExperimentContext<>(other, data, second, out, seeds, size, existing, changes, listener);
    }
}
