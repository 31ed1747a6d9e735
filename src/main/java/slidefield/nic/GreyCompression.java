package slidefield.nic;

import java.util.Arrays;

/**
 * Grey images that fit into memory as grids of codes (Tellez et al. 2019, section 2): the synthetic ones. Patches lie on a
 * regular grid from the upper left pixel; what is left over at the right and at the bottom is not encoded. Empty patches
 * are encoded as all others (all places count as tissue), but only once.
 *
 * <p>As thread-safe as its encoder: one object serves one thread at a time. The encoder is the caller's to close.
 */
public final class GreyCompression {
    /** Patches that are encoded at once. */
    private static final int BATCH = 4096;

    private final PatchEncoder encoder;
    private final int stride;
    private float[] ofEmpty;

    /**
     * @param encoder of grey patches
     * @param stride S, pixels from patch to patch, 1 to the patch's side; the paper's are 9 and less
     * @throws IllegalArgumentException if the encoder's patches have colours or the stride leaves gaps
     */
    public GreyCompression(PatchEncoder encoder, int stride) {
        if (encoder.colours() != 1) {
            throw new IllegalArgumentException(
                    encoder.name() + " encodes patches of " + encoder.colours() + " colours; expected grey ones");
        }
        if (stride < 1 || stride > encoder.patch()) {
            throw new IllegalArgumentException(
                    "expected a stride of 1 to " + encoder.patch() + " pixels, found " + stride);
        }
        this.encoder = encoder;
        this.stride = stride;
    }

    /**
     * @param image at least as large as a patch
     * @return floor((size - P) / S) + 1 rows and columns of C values
     */
    public CodeGrid compress(SyntheticImage image) {
        return compress(image.pixels(), image.size(), image.size());
    }

    /**
     * @param pixels height x width, row-major, 0 to 255
     * @param width at least P
     * @param height at least P
     * @return floor((height - P) / S) + 1 rows and floor((width - P) / S) + 1 columns of C values
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public CodeGrid compress(byte[] pixels, int width, int height) {
        int patch = encoder.patch();
        if (Math.min(width, height) < patch || pixels.length != (long) width * height) {
            throw new IllegalArgumentException("expected an image of at least " + patch + " x " + patch + " pixels, found "
                    + pixels.length + " values of " + width + " x " + height);
        }
        int rows = (height - patch) / stride + 1;
        int columns = (width - patch) / stride + 1;
        int code = encoder.code();
        float[] grid = new float[Math.multiplyExact(Math.multiplyExact(rows, columns), code)];
        int[] places = new int[BATCH];
        float[] batch = new float[BATCH * patch * patch];
        int filled = 0;
        for (int place = 0; place < rows * columns; place++) {
            int corner = place / columns * stride * width + place % columns * stride;
            if (fill(pixels, corner, width, patch, batch, filled * patch * patch)) {
                places[filled++] = place;
            } else {
                System.arraycopy(ofEmpty(), 0, grid, place * code, code);
            }
            if (filled == BATCH || filled > 0 && place == rows * columns - 1) {
                float[] codes = encoder.encode(Arrays.copyOf(batch, filled * patch * patch));
                for (int i = 0; i < filled; i++) {
                    System.arraycopy(codes, i * code, grid, places[i] * code, code);
                }
                filled = 0;
            }
        }
        return new CodeGrid(rows, columns, code, grid);
    }

    /** @return whether any pixel is not black */
    private static boolean fill(byte[] pixels, int corner, int width, int patch, float[] batch, int at) {
        boolean any = false;
        for (int row = 0; row < patch; row++) {
            int start = corner + row * width;
            for (int i = 0; i < patch; i++) {
                byte value = pixels[start + i];
                any |= value != 0;
                batch[at + row * patch + i] = GreyPatches.scaled(value);
            }
        }
        return any;
    }

    private float[] ofEmpty() {
        if (ofEmpty == null) {
            float[] empty = new float[encoder.patch() * encoder.patch()];
            Arrays.fill(empty, GreyPatches.scaled((byte) 0));
            ofEmpty = encoder.encode(empty);
        }
        return ofEmpty;
    }
}
