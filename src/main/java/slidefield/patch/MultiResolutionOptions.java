package slidefield.patch;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.io.InputException;

/**
 * Size and kind of a multi-resolution U-Net (Gu et al. 2018).
 *
 * @param base channels of the finest level, 1 to 1024; the paper does not say, 16 fits its graphics card
 * @param levels of every encoder and of the decoder, 2 to 8; 5 in the paper
 * @param resolutions J, 1 to 6; each patch is twice as coarse as the one before; 4 in the paper
 * @param upscaling of the coarser maps
 */
public record MultiResolutionOptions(int base, int levels, int resolutions, Upscaling upscaling)
        implements NetworkOptions {
    /** Refuses what is no network. */
    public MultiResolutionOptions {
        UNetOptions.require(base, 1, 1024, "base");
        UNetOptions.require(levels, 2, 8, "levels");
        UNetOptions.require(resolutions, 1, 6, "resolutions");
        if (upscaling == null) {
            throw new InputException("U-Net: expected an upscaling of "
                    + String.join(
                            ", ",
                            IntStream.range(0, Upscaling.values().length)
                                    .mapToObj(i -> Upscaling.values()[i].name().toLowerCase(Locale.ROOT))
                                    .toList())
                    + ", found none");
        }
    }

    /**
     * @param base channels of the finest level
     * @param upscaling of the coarser maps
     * @return the paper's five levels and four resolutions
     */
    public static MultiResolutionOptions mrn(int base, Upscaling upscaling) {
        return new MultiResolutionOptions(base, 5, 4, upscaling);
    }

    /** Encoder and decoder alike. */
    UNetOptions network() {
        return new UNetOptions(base, levels, true, true);
    }

    @Override
    public List<Integer> scales() {
        return IntStream.range(0, resolutions).mapToObj(j -> 1 << j).toList();
    }

    @Override
    public void requireSize(int size) {
        NetworkOptions.requireMultiple(size, sizeMultiple());
        if (size < smallestSize()) {
            throw new IllegalArgumentException("patches.size must be at least " + smallestSize()
                    + " for this network, got " + size + ": nothing would be left where the coarsest map is cropped");
        }
    }

    @Override
    public MultiResolutionUNet build(DataType type, long seed) {
        return new MultiResolutionUNet(this, type, seed);
    }

    /** What the sides of a patch must be a multiple of: transposed convolutions must hit the finest map's size. */
    int sizeMultiple() {
        return upscaling == Upscaling.BILINEAR ? network().sizeMultiple() : smallestSize();
    }

    /** The smallest side of a patch of which something is left where the coarsest map is cropped. */
    int smallestSize() {
        return network().sizeMultiple() << (resolutions - 1);
    }
}
