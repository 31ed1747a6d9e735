package slidefield.experiment;

import slidefield.fit.OpenedSlide;
import slidefield.fit.Prediction;
import slidefield.score.Resolution;

/**
 * One row of a table: a way to segment unseen slides that is trained on a manifest's training split. All methods see the
 * same slides and are scored by the same code ({@link Trials}).
 */
public interface Method {
    /** The row's name, as the paper's table has it. */
    String name();

    /** Name of its runs, for folders; methods that share a training share it. */
    String run();

    /**
     * Name of the answer at a resolution, for files; methods of one run that answer alike share it.
     *
     * @param resolution of the prediction
     */
    default String answer(Resolution resolution) {
        return resolution.fileName();
    }

    /** Whether the answer is painted too, and the paint is to be kept. */
    default boolean keepsColours() {
        return false;
    }

    /**
     * Refuses to use what was trained otherwise: called before any of its answers is read.
     *
     * @param seed of the training
     * @throws slidefield.io.InputException if its run is there, but with other settings or slides
     */
    void require(long seed);

    /**
     * Trains it, goes on with a training that was stopped, or reads one that is done.
     *
     * @param seed of every random choice
     */
    Model train(long seed);

    /** A trained method. */
    interface Model {
        /**
         * Segments a slide that it was not trained on.
         *
         * @param slide its lesions are not read
         * @param resolution of the prediction
         */
        Prediction predict(OpenedSlide slide, Resolution resolution);
    }
}
