package slidefield.nic;

import java.util.List;
import slidefield.fit.Check;

/**
 * Sizes of a {@link CodeDecoder}.
 *
 * <p>Immutable: thread-safe.
 *
 * @param side pixels along both sides of the first image
 * @param channels of the first image
 * @param widths channels of the convolutions, each after an up-sampling by 2
 */
public record CodeDecoderOptions(int side, int channels, List<Integer> widths) {
    /** @throws IllegalArgumentException naming the option, if a size is impossible */
    public CodeDecoderOptions {
        Check.between("side", side, 1, 64);
        Check.between("channels", channels, 1, 4096);
        if (widths == null || widths.isEmpty() || widths.size() > 10) {
            throw new IllegalArgumentException("widths must be 1 to 10 numbers, got " + widths);
        }
        widths = List.copyOf(widths);
        for (int width : widths) {
            Check.between("widths", width, 1, 4096);
        }
    }

    /** Pixels along both sides of what it paints, before it is cropped. */
    public int painted() {
        return side << widths.size();
    }

    /** That of the variational autoencoder of whole-slide images (appendix): 128 pixels. */
    public static CodeDecoderOptions vae() {
        return new CodeDecoderOptions(4, 512, List.of(256, 128, 64, 32, 16));
    }

    /** The generator of the BiGAN of whole-slide images (appendix): 64 pixels. */
    public static CodeDecoderOptions biGan() {
        return new CodeDecoderOptions(4, 64, List.of(128, 128, 128, 128));
    }

    /** That of the variational autoencoder of the synthetic images (appendix): 16 pixels, cropped to 9. */
    public static CodeDecoderOptions syntheticVae() {
        return new CodeDecoderOptions(4, 128, List.of(64, 32));
    }

    /** The generator of the BiGAN of the synthetic images (appendix): 16 pixels, cropped to 9. */
    public static CodeDecoderOptions syntheticBiGan() {
        return new CodeDecoderOptions(4, 32, List.of(32, 32));
    }

    /** @throws IllegalArgumentException if it paints less than a patch; names the option to change */
    void requirePatch(String option, int patch) {
        if (painted() < patch) {
            throw new IllegalArgumentException(option + " paints " + painted() + " pixels a side, and a patch has "
                    + patch + ": give it more widths or a larger side");
        }
    }
}
