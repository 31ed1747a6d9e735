package slidefield.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import slidefield.data.DataRoot;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.fit.FitListener;
import slidefield.fit.OpenedSlide;
import slidefield.fit.RunFolder.IfExists;
import slidefield.io.InputException;

/**
 * What an experiment works on.
 *
 * @param manifest its training split trains, its test split is scored
 * @param data where the slides are
 * @param out where results and runs go
 * @param seeds of the trainings, at least one, each once
 * @param size how much of everything
 * @param existing what to do with runs that are in the folder already
 * @param changes of options, {@code key=value}; see {@link Changes}
 * @param listener told how it goes
 */
public record ExperimentContext(
        Manifest manifest,
        DataRoot data,
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
     * @param manifest which slides
     * @param data where files are
     * @param out where results go
     * @param size how much of everything
     */
    public static ExperimentContext of(Manifest manifest, DataRoot data, Path out, Size size) {
        return new ExperimentContext(
                manifest, data, out, firstSeeds(size.seeds()), size, IfExists.REFUSE, Changes.NONE, FitListener.NONE);
    }

    private static List<Long> firstSeeds(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    /**
     * The same with the seeds 0, 1, ..., {@code count - 1}.
     *
     * @throws InputException if {@code count} is below 1
     */
    public ExperimentContext withSeeds(int count) {
        return withSeeds(firstSeeds(count));
    }

    /** The same with given seeds. */
    public ExperimentContext withSeeds(List<Long> others) {
        return new ExperimentContext(manifest, data, out, others, size, existing, changes, listener);
    }

    /** The same with another way to treat runs that are there. */
    public ExperimentContext with(IfExists other) {
        return new ExperimentContext(manifest, data, out, seeds, size, other, changes, listener);
    }

    /** The same with changed options, {@code key=value} each. */
    public ExperimentContext with(List<String> others) {
        return new ExperimentContext(manifest, data, out, seeds, size, existing, new Changes(others), listener);
    }

    /** The same with another listener. */
    public ExperimentContext with(FitListener other) {
        return new ExperimentContext(manifest, data, out, seeds, size, existing, changes, other);
    }

    /** The same with another manifest, of the same files. */
    ExperimentContext with(Manifest other) {
        return new ExperimentContext(other, data, out, seeds, size, existing, changes, listener);
    }

    /** A slide of the manifest, to be closed; what its reader had to assume goes to the listener. */
    OpenedSlide open(SlideEntry entry) {
        OpenedSlide slide = OpenedSlide.open(entry, manifest.base(), data);
        slide.notice().ifPresent(listener::notice);
        return slide;
    }

    /**
     * Opens every slide once, so that what is wrong with the last one does not come out after hours of training.
     *
     * @param scored the splits whose slides have to be annotated and be there; the training split always
     * @throws InputException if one is missing, or has no annotation
     */
    void requireSlides(Split... scored) {
        requireSlides(Split.TRAIN);
        for (Split split : scored) {
            requireSlides(split);
        }
    }

    private void requireSlides(Split split) {
        List<SlideEntry> entries = manifest.split(split);
        if (entries.isEmpty()) {
            throw new InputException(
                    "manifest " + manifest.name() + " has no slide with the split '" + split.word() + "'");
        }
        for (SlideEntry entry : entries) {
            if (entry.annotation() == null) {
                throw new InputException(entry.name() + " (" + split.word()
                        + ") has no annotation; an experiment needs one for every slide, to train and to score");
            }
            OpenedSlide.open(entry, manifest.base(), data).close();
        }
    }
}
