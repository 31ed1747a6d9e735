package slidefield.swipe.volume;

import slidefield.fit.Check;

/**
 * How whole volumes are answered: through windows of a crop's size whose logits are averaged where they overlap.
 *
 * @param overlap of neighbouring windows along each axis, as a share of a window
 */
public record VolumePredictionOptions(double overlap) {
    /** @throws IllegalArgumentException if a number is out of range */
    public VolumePredictionOptions {
        Check.below("overlap", overlap, 0, 1);
    }
}
