package slidefield.experiment;

import slidefield.swipe.ImageSegmenter;
import slidefield.swipe.NetworkCost;

/** One row of a table of networks that segment plain images. All are trained on the same images and scored alike. */
interface ImageMethod {
    /** The row's name, as the paper's table has it. */
    String name();

    /** What it costs, counted. */
    NetworkCost cost();

    /** What was trained, and for how long, in a line. */
    String text();

    /**
     * Refuses to use what was trained otherwise: called before any training begins.
     *
     * @param seed of the training
     * @throws slidefield.io.InputException if its run is there, but with other settings or images
     */
    void require(long seed);

    /**
     * Trains it, goes on with a training that was stopped, or reads one that is done.
     *
     * @param seed of every random choice but the splits
     * @param input pixels along both sides of what the network is to see; 0 for those that it was trained with
     * @throws IllegalArgumentException if it cannot see images of another size than it was trained with
     */
    ImageSegmenter train(long seed, int input);
}
