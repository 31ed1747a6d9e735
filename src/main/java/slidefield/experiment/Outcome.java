package slidefield.experiment;

import slidefield.score.Confusion;
import slidefield.score.Degenerate;
import slidefield.score.Resolution;

/**
 * What one training of a method came to on one slide at one resolution.
 *
 * @param method the row's name
 * @param seed of the training
 * @param slide the unseen slide
 * @param resolution of the prediction
 * @param counts pixels against the annotation
 * @param allTissue what calling every pixel but bare glass a lesion would count
 * @param psnr of the painted slide in dB, NaN for methods that do not paint
 * @param seconds that the answer took, fits that it shares with others counted where they were made
 */
public record Outcome(
        String method,
        long seed,
        String slide,
        Resolution resolution,
        Confusion counts,
        Confusion allTissue,
        double psnr,
        double seconds) {
    /** Overlap with the annotation, 0 to 1. */
    public double dice() {
        return counts.scores().dice();
    }

    /**
     * Names an answer that holds no segmentation: all lesion, all tissue (every pixel but bare glass, which all methods
     * answer with background) or all background; empty for others.
     */
    public String degenerate() {
        return switch (Degenerate.of(counts)) {
            case ALL_LESION -> "all lesion";
            case ALL_BACKGROUND -> "all background";
            case NONE -> isAllTissue() ? "all tissue" : "";
        };
    }

    private boolean isAllTissue() {
        return counts.falsePositives() > 0
                && counts.falsePositives() == allTissue.falsePositives()
                && counts.truePositives() == allTissue.truePositives();
    }
}
