package slidefield.nic;

import java.util.Arrays;

/**
 * Grids of codes of many small grey images, the synthetic ones (Tellez et al. 2019, section 2): what {@link GridEncoding}
 * gives, faster where much is black, for black patches are encoded once for all images and the others in large batches.
 *
 * <p>As thread-safe as its encoder: one object serves one thread at a time. The encoder is the caller's to close.
 */
public final class GreyCompression {
    /** Patches that are encoded together. */
    private static final int BATCH = 4096;

    private final PatchEncoder encoder;
    private final int stride;
    private float[] ofBlack;

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
     * @param image in memory
     * @return ceil(height / S) x ceil(width / S) x C; patches that reach over the edge are black there
     */
    public CodeGrid compress(GreyPlane image) {
        int rows = Math.floorDiv(image.height() - 1, stride) + 1;
        int columns = Math.floorDiv(image.width() - 1, stride) + 1;
        int side = encoder.patch();
        int code = encoder.code();
        float[] grid = new float[Math.multiplyExact(Math.multiplyExact(rows, columns), code)];
        int[] places = new int[BATCH];
        float[] batch = new float[BATCH * side * side];
        float[] patch = new float[side * side];
        int filled = 0;
        for (int place = 0; place < rows * columns; place++) {
            int x = place % columns * stride;
            int y = place / columns * stride;
            if (image.isBlack(x, y, side)) {
                System.arraycopy(ofBlack(), 0, grid, place * code, code);
            } else {
                image.read(x, y, side, side, patch);
                System.arraycopy(patch, 0, batch, filled * patch.length, patch.length);
                places[filled++] = place;
            }
            if (filled == BATCH || filled > 0 && place == rows * columns - 1) {
                float[] codes = encoder.encode(Arrays.copyOf(batch, filled * patch.length));
                for (int i = 0; i < filled; i++) {
                    System.arraycopy(codes, i * code, grid, places[i] * code, code);
                }
                filled = 0;
            }
        }
        return new CodeGrid(rows, columns, code, grid);
    }

    private float[] ofBlack() {
        if (ofBlack == null) {
            float[] black = new float[encoder.patch() * encoder.patch()];
            Arrays.fill(black, -1);
            ofBlack = encoder.encode(black);
        }
        return ofBlack;
    }
}
