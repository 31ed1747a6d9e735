package slidefield.experiment;

/**
 * One table or figure of a paper, made anew on a manifest's slides: trains what it compares, scores it, writes CSV and
 * PNG files and a page that says what was seen. {@link Experiments} knows them by name.
 */
public interface Experiment {
    /** Name on the command line and of the files, such as {@code wsi-inr-table1}. */
    String name();

    /** Heading: the paper, its table or figure, and what is compared. */
    String title();

    /** What the paper says that the table or figure shows, in a sentence or two. */
    String claim();

    /**
     * Runs it. Trained runs and predictions are kept under {@code runs/} in the output folder; where the context says
     * to resume, those that are there are used.
     *
     * @param context slides, seeds, size and where to write
     * @return tables, pictures, what was seen of the claims, and the files written
     * @throws slidefield.io.InputException if a slide or an option cannot be used, or the folder holds runs already
     */
    ExperimentResult run(ExperimentContext context);
}
