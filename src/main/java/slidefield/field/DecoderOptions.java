package slidefield.field;

/**
 * Size of the dual-branch decoder.
 *
 * @param width channels of each branch; the fused output has twice as many
 * @param stages how often both branches run and are fused
 * @param branch activation of the CNN branch: ReLU with bias everywhere, or SIREN's sine without any bias
 * @param omega frequency factor of the sine, where that is the activation (SIREN: 30)
 */
public record DecoderOptions(int width, int stages, Branch branch, double omega) {
    /** Activation of the CNN branch. */
    public enum Branch {
        /** Rectified linear units, layers with bias. */
        RELU,
        /** Sines as in SIREN and CINR, layers without bias. */
        SINE
    }

    public DecoderOptions {
        if (width < 1 || width > 4096) {
            throw new IllegalArgumentException("decoder width must be 1 to 4096, got " + width);
        }
        if (stages < 1 || stages > 8) {
            throw new IllegalArgumentException("decoder stages must be 1 to 8, got " + stages);
        }
        if (branch == null) {
            throw new IllegalArgumentException("decoder branch must be RELU or SINE");
        }
        if (!(omega > 0 && Double.isFinite(omega))) {
            throw new IllegalArgumentException("decoder omega must be positive, got " + omega);
        }
    }

    /** Points on each side that two 3 x 3 convolutions per stage look at. */
    int reach() {
        return 2 * stages;
    }
}
