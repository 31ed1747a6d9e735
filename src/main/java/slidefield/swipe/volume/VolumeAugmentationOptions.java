package slidefield.swipe.volume;

import java.util.List;
import slidefield.fit.Check;

/**
 * How training crops are varied.
 *
 * @param flip probabilities of mirroring along x, y and z
 * @param jitter probability of other intensities: each v becomes {@code gain v + offset}, clipped to [0, 1]
 * @param gain the gain is uniform within 1 +- this
 * @param offset the offset is uniform within +- this
 */
public record VolumeAugmentationOptions(List<Double> flip, double jitter, double gain, double offset) {
    /** @throws IllegalArgumentException if a number is out of range */
    public VolumeAugmentationOptions {
        Axes.require("flip", "probabilities", flip);
        flip.forEach(along -> Check.share("flip", along));
        flip = List.copyOf(flip);
        Check.share("jitter", jitter);
        Check.share("gain", gain);
        Check.share("offset", offset);
    }
}
