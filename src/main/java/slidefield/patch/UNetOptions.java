package slidefield.patch;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.io.InputException;

/**
 * Size and kind of a U-Net (Ronneberger et al. 2015) with batch normalisation.
 *
 * @param base channels of the finest level, 1 to 1024; each level below has twice as many as the one above
 * @param levels 2 to 8; a pooling by 2 lies between each two
 * @param bias whether the 3 x 3 convolutions have a bias although a normalisation follows
 * @param normalizedUp whether batch normalisation and ReLU follow the decoder's transposed convolutions
 */
public record UNetOptions(int base, int levels, boolean bias, boolean normalizedUp) implements NetworkOptions {
    private static final int USUAL_LEVELS = 5;
    private static final int WSI_INR_BASE = 64;

    /** Refuses what is no network. */
    public UNetOptions {
        require(base, 1, 1024, "base");
        require(levels, 2, 8, "levels");
    }

    static void require(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new InputException("U-Net: expected " + what + " of " + least + " to " + most + ", found " + value);
        }
    }

    /**
     * @param base channels of the finest level
     * @return five levels, no bias before a normalisation, linear transposed convolutions
     */
    public static UNetOptions of(int base) {
        return new UNetOptions(base, USUAL_LEVELS, false, false);
    }

    /** @return the baseline of WSI-INR, Table 1: 31.0 million parameters (31,037,633) */
    public static UNetOptions wsiInr() {
        return of(WSI_INR_BASE);
    }

    /**
     * @param base channels of the finest level
     * @return the baseline of MRN (Gu et al. 2018, section 3.2 and figure 2): five levels, bias, normalisation and ReLU
     *     after every convolution and transposed convolution
     */
    public static UNetOptions mrn(int base) {
        return new UNetOptions(base, USUAL_LEVELS, true, true);
    }

    @Override
    public List<Integer> scales() {
        return List.of(1);
    }

    @Override
    public void requireSize(int size) {
        NetworkOptions.requireMultiple(size, sizeMultiple());
    }

    @Override
    public UNet build(DataType type, long seed) {
        return new UNet(this, type, seed);
    }

    /** Channels of a level, 0 being the finest. */
    int channels(int level) {
        return base << level;
    }

    /** What the sides of a patch must be a multiple of. */
    int sizeMultiple() {
        return 1 << (levels - 1);
    }
}
