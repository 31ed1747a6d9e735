package slidefield.experiment;

import java.nio.file.Path;

/**
 * One table or figure of a paper, made anew on a data set: trains what it compares, scores it, writes CSV and PNG files
 * and a page that says what was seen. {@link Experiments} knows them by name.
 *
 * @param <D> the kind of manifest that names its data: slides ({@link SlideExperiment}) or images ({@link
 *     ImageExperiment})
 */
public interface Experiment<D> {
    /** Name on the command line and of the files, such as {@code wsi-inr-table1}. */
    String name();

    /** Heading: the paper, its table or figure, and what is compared. */
    String title();

    /** What the paper says that the table or figure shows, in a sentence or two. */
    String claim();

    /**
     * Reads a manifest of the kind that it works on.
     *
     * @param manifest YAML
     * @throws slidefield.io.InputException if it is of another kind or damaged
     */
    D read(Path manifest);

    /** What it takes a second data set for, which {@link ExperimentContext#second} names. */
    default SecondSet second() {
        return SecondSet.NONE;
    }

    /**
     * How many seeds it takes unless told otherwise.
     *
     * @param size how much of everything
     */
    default int seeds(Size size) {
        return size.seeds();
    }

    /**
     * Runs it. Trained runs and predictions are kept under {@code runs/} in the output folder; where the context says
     * to resume, those that are there are used.
     *
     * @param context data, seeds, size and where to write
     * @return tables, pictures, what was seen of the claims, and the files written
     * @throws slidefield.io.InputException if a slide, an image or an option cannot be used, or the folder holds runs
     *     already
     */
    ExperimentResult run(ExperimentContext<D> context);
}
