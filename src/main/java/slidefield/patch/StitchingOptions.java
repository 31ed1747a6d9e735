package slidefield.patch;

import slidefield.fit.Check;

/**
 * How the predictions of windows become one of the slide.
 *
 * @param overlap share of a window's side that it has in common with the next one
 * @param borders what comes of pixels that several windows answer
 * @param batch windows computed together; more take more memory and change nothing
 */
public record StitchingOptions(double overlap, Borders borders, int batch) {
    /** What comes of pixels that several windows answer. */
    public enum Borders {
        /** The answer of the window that sees most around the pixel; the others' borders are cut off. */
        CROP,
        /** Their mean, in which a window counts less towards its border. */
        BLEND
    }

    public StitchingOptions {
        Check.between("overlap", overlap, 0, 0.5);
        Check.between("batch", batch, 1, 4096);
        if (borders == null) {
            throw new IllegalArgumentException("borders must be crop or blend");
        }
    }
}
