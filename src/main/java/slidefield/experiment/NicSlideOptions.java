package slidefield.experiment;

/**
 * How an experiment compresses whole slides, and where their labels are.
 *
 * @param stride S, pixels from one patch to the next; 0 for the patch's side, as in the paper
 * @param allOrientations whether slides are compressed in all eight, as in the paper, or only as they lie
 * @param labels TUPAC16's file of scores; empty where the manifest has the labels
 */
record NicSlideOptions(int stride, boolean allOrientations, String labels) {
    /** @throws IllegalArgumentException if the stride is impossible; names it */
    NicSlideOptions {
        if (stride < 0 || stride > 1 << 20) {
            throw new IllegalArgumentException("stride must be 1 or more, or 0 for the patch's side, got " + stride);
        }
        labels = labels == null ? "" : labels;
    }
}
