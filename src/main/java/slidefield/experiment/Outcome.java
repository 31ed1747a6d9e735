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
 * @param psnr of the painted slide in dB, NaN for methods that do not paint
 * @param seconds that the answer took, fits that it shares with others counted where they were made
 */
public record Outcome(
        String method, long seed, String slide, Resolution resolution, Confusion counts, double psnr, double seconds) {
    /** Overlap with the annotation, 0 to 1. */
    public double dice() {
        return counts.scores().dice();
    }

    /** Whether the answer is one that holds no segmentation. */
    public Degenerate degenerate() {
        return Degenerate.of(counts);
    }
}
