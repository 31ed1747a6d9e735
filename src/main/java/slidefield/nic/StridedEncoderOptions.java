package slidefield.nic;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.fit.Check;
import slidefield.nn.Init;

/**
 * Sizes of a {@link StridedEncoder}.
 *
 * <p>Immutable: thread-safe.
 *
 * @param method by what it is trained
 * @param patch P, pixels along both sides of a patch
 * @param colours of a pixel: 3, or 1 for grey
 * @param widths channels of the convolutions, each of stride 2; at least one
 * @param dense values of the layer after them
 * @param code C, values of a code
 */
public record StridedEncoderOptions(
        EncoderMethod method, int patch, int colours, List<Integer> widths, int dense, int code)
        implements EncoderOptions {
    private static final int LARGEST = 1 << 22;

    /** @throws IllegalArgumentException naming the option, if a size is impossible */
    public StridedEncoderOptions {
        if (method == null) {
            throw new IllegalArgumentException("method must be vae, contrastive or supervised");
        }
        Check.between("patch", patch, 1, 4096);
        EncoderOptions.requireColours(colours);
        if (widths == null || widths.isEmpty() || widths.size() > 12) {
            throw new IllegalArgumentException("widths must be 1 to 12 numbers, got " + widths);
        }
        widths = List.copyOf(widths);
        for (int width : widths) {
            Check.between("widths", width, 1, 4096);
        }
        Check.between("dense", dense, 1, 65536);
        Check.between("code", code, 1, 65536);
        int last = widths.get(widths.size() - 1);
        if ((long) side(patch, widths.size()) * side(patch, widths.size()) * last > LARGEST) {
            throw new IllegalArgumentException("widths " + widths + " leave more than " + LARGEST
                    + " values of a patch of " + patch + " pixels: give more of them, or smaller ones");
        }
    }

    /** That of whole-slide images (appendix): patches of 128 pixels, 32 to 512 channels, 512 values, codes of 128. */
    public static StridedEncoderOptions histopathology(EncoderMethod method) {
        return new StridedEncoderOptions(method, 128, 3, List.of(32, 64, 128, 256, 512), 512, 128);
    }

    /** That of the synthetic images (appendix): grey patches of 9 pixels, 32 and 64 channels, 64 values. */
    public static StridedEncoderOptions synthetic(EncoderMethod method, int code) {
        return new StridedEncoderOptions(method, 9, 1, List.of(32, 64), 64, code);
    }

    /** One for two cores: patches of 64 pixels, 16 to 64 channels, 64 values, codes of 32. */
    public static StridedEncoderOptions teaching(EncoderMethod method) {
        return new StridedEncoderOptions(method, 64, 3, List.of(16, 32, 48, 64), 64, 32);
    }

    /** Values that the convolutions leave of a patch. */
    int flat() {
        int side = side(patch, widths.size());
        return side * side * widths.get(widths.size() - 1);
    }

    private static int side(int patch, int layers) {
        int side = patch;
        for (int i = 0; i < layers; i++) {
            side = (side + 1) / 2;
        }
        return side;
    }

    @Override
    public String title() {
        return method.title();
    }

    @Override
    public StridedEncoder build(DataType type, long seed) {
        return new StridedEncoder(this, new Init(type, seed));
    }
}
