package slidefield.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import slidefield.io.InputException;

/**
 * What the resolution "Base" means for a manifest: either a pixel size or a factor below level 0. Base/2 and
 * Base/4 are one and two octaves coarser. Exactly one of the two is given.
 *
 * @param mpp micrometres per pixel at Base, or null
 * @param downsample level-0 pixels per Base pixel, at least 1, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Base(Double mpp, Double downsample) {
    /** @throws InputException if none or both are given, or the number is not usable */
    public Base {
        if ((mpp == null) == (downsample == null)) {
            throw new InputException(
                    "expected either {mpp: 1.0} or {downsample: 4}, found " + (mpp == null ? "none" : "both"));
        }
        Rules.mpp("mpp", mpp);
        if (downsample != null && !(downsample >= 1 && downsample <= 65536)) {
            throw new BadKeyException("downsample", "expected a factor from 1 to 65536, found " + downsample);
        }
    }

    /** Base at a pixel size in micrometres. */
    public static Base ofMpp(double mpp) {
        return new Base(mpp, null);
    }

    /** Base at a factor below level 0. */
    public static Base ofDownsample(double factor) {
        return new Base(null, factor);
    }
}
