package slidefield.nic;

import org.nd4j.linalg.api.buffer.DataType;
import slidefield.fit.Check;
import slidefield.nn.Init;
import slidefield.nn.Module;

/**
 * Sizes of a {@link BiGanEncoder}.
 *
 * <p>Immutable: thread-safe.
 *
 * @param patch P, pixels along both sides of a patch
 * @param colours of a pixel: 3, or 1 for grey
 * @param pooling the patch is averaged over squares of this many pixels a side first; 1 leaves it as it is
 * @param layers convolutions of stride 2
 * @param width channels of every convolution
 * @param code C, values of a code
 */
public record BiGanEncoderOptions(int patch, int colours, int pooling, int layers, int width, int code)
        implements EncoderOptions {
    private static final int KERNEL = 3;
    private static final int STRIDE = 2;
    /** Values that the last layer may see. */
    private static final int LARGEST = 1 << 22;

    /** @throws IllegalArgumentException naming the option, if a size is impossible */
    public BiGanEncoderOptions {
        Check.between("patch", patch, 1, 4096);
        EncoderOptions.requireColours(colours);
        Check.between("pooling", pooling, 1, patch);
        Check.between("layers", layers, 1, 16);
        Check.between("width", width, 1, 4096);
        Check.between("code", code, 1, 65536);
        if (patch % pooling != 0) {
            throw new IllegalArgumentException("patch must be a multiple of pooling, got " + patch + " and " + pooling);
        }
        int side = patch / pooling;
        for (int layer = 0; layer < layers; layer++) {
            if (side < KERNEL) {
                throw new IllegalArgumentException("layers must be at most " + layer + " for patches of "
                        + patch / pooling + " pixels after pooling, got " + layers);
            }
            side = after(side);
        }
        if ((long) side * side * width > LARGEST) {
            throw new IllegalArgumentException("width must be at most " + LARGEST / side / side
                    + " where the last layer sees " + side + " x " + side + " pixels, got " + width);
        }
    }

    /** The published one (Tellez et al. 2019, appendix): 128 pixels averaged to 64, four layers of 128, codes of 128. */
    public static BiGanEncoderOptions published() {
        return new BiGanEncoderOptions(128, 3, 2, 4, 128, 128);
    }

    /** That of the synthetic images (appendix): grey patches of 9 pixels, two layers of 32. */
    public static BiGanEncoderOptions synthetic(int code) {
        return new BiGanEncoderOptions(9, 1, 1, 2, 32, code);
    }

    /** @return these options for patches that are averaged already, of {@link #side()} pixels */
    public BiGanEncoderOptions averaged() {
        return new BiGanEncoderOptions(side(), colours, 1, layers, width, code);
    }

    /** Pixels along both sides of what the first convolution sees. */
    public int side() {
        return patch / pooling;
    }

    /** Values that the last layer sees: what the convolutions leave of a patch. */
    int flat() {
        int side = side();
        for (int layer = 0; layer < layers; layer++) {
            side = after(side);
        }
        return side * side * width;
    }

    private static int after(int side) {
        return (side - KERNEL) / STRIDE + 1;
    }

    @Override
    public String title() {
        return "BiGAN";
    }

    @Override
    public BiGanEncoder build(DataType type, long seed) {
        return new BiGanEncoder(this, new Init(type, seed));
    }

    @Override
    public Module forEncoding(Module network) {
        return ((BiGanEncoder) network).folded();
    }
}
