package slidefield.experiment;

import slidefield.score.Confusion;
import slidefield.score.Degenerate;

/**
 * What one training of a network came to on one image.
 *
 * @param method the row's name
 * @param view the column's label
 * @param seed of the training
 * @param image its name
 * @param counts pixels against the mask
 */
record ImageOutcome(String method, String view, long seed, String image, Confusion counts) {
    /** Overlap with the mask in percent, 0 to 100. */
    double dice() {
        return 100 * counts.scores().dice();
    }

    /** Names an answer that holds no segmentation; empty for others. */
    String degenerate() {
        return switch (Degenerate.of(counts)) {
            case ALL_LESION -> ImageOutcomes.ALL_FOREGROUND;
            case ALL_BACKGROUND -> ImageOutcomes.ALL_BACKGROUND;
            case NONE -> "";
        };
    }
}
