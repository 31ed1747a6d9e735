package slidefield.swipe.volume;

import org.nd4j.linalg.api.buffer.DataType;
import slidefield.fit.Check;

/**
 * Size of a {@link VolumeUNet}.
 *
 * @param base channels of the first convolution, 1 to 512; every level below begins with twice as many
 * @param levels 2 to 6; a pooling by 2 lies between each two
 * @param classes 1: one logit, foreground against background; otherwise one logit per class, background first
 */
public record VolumeUNetOptions(int base, int levels, int classes) implements VolumeNetworkOptions {
    /** @throws IllegalArgumentException naming what does not fit */
    public VolumeUNetOptions {
        Check.between("base", base, 1, 512);
        Check.between("levels", levels, 2, 6);
        Check.between("classes", classes, 1, 128);
    }

    /** @return the U-Net of SwIPE's Table 1 (3-D) for 13 organs: four levels to 512 channels, 16,318,766 parameters */
    public static VolumeUNetOptions paper() {
        return new VolumeUNetOptions(32, 4, 14);
    }

    @Override
    public int sizeMultiple() {
        return 1 << (levels - 1);
    }

    @Override
    public int coarsest() {
        return sizeMultiple();
    }

    @Override
    public VolumeUNet build(DataType type, long seed) {
        return new VolumeUNet(this, type, seed);
    }
}
