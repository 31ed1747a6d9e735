/**
 * The discrete rivals of neural fields, which see a slide patch by patch at a fixed pixel size: U-Net, TransUNet (the
 * baselines of WSI-INR, Table 1) and multi-resolution U-Nets (Gu et al. 2018, section 3.2); how patches are sampled
 * and augmented, how the networks are trained, and how predictions of patches are stitched into one of the slide.
 *
 * <p>Slides, their planes and predictions are those of {@code slidefield.fit}, so that all methods see the same pixels
 * and are scored by the same code. Operations and layers that know nothing of patches live in {@code slidefield.nn}.
 */
package slidefield.patch;
