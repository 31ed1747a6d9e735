package slidefield.nic;

import slidefield.fit.Check;

/**
 * How a slide is compressed.
 *
 * <p>Immutable: thread-safe.
 *
 * @param mpp micrometres per pixel at which patches are cut
 * @param stride S, pixels from one patch to the next
 * @param tissue which patches are encoded
 */
public record CompressionOptions(double mpp, int stride, TissueRule tissue) {
    /** Of the paper's slides. */
    public static final double MPP = 0.5;

    /** @throws IllegalArgumentException naming the option, if a value is impossible */
    public CompressionOptions {
        Check.positive("mpp", mpp);
        Check.between("stride", stride, 1, 1 << 20);
        if (tissue == null) {
            throw new IllegalArgumentException("tissue must be one of mask, intensity and all");
        }
    }

    /** The paper's: 0.5 micrometres, patches side by side, tissue only. */
    public static CompressionOptions of(PatchEncoder encoder) {
        return new CompressionOptions(MPP, encoder.patch(), TissueRule.MASK);
    }
}
