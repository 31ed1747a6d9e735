package slidefield.patch;

/** How a multi-resolution U-Net brings the centre of a coarser map to the size of the finest one. */
public enum Upscaling {
    /** Bilinear interpolation, nothing to learn: MRN-bilinear. */
    BILINEAR,
    /** One transposed convolution, normalised, with ReLU: MRN-transposed. */
    TRANSPOSED,
    /** The same as steps of 2: fewer parameters where the factor is 4 or more. */
    CHAINED
}
