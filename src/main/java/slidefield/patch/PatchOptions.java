package slidefield.patch;

import slidefield.fit.Check;

/**
 * Which patches a network learns from.
 *
 * @param size side of a patch in pixels, the same at every scale; even
 * @param scale pixels of Base per pixel of the finest patch along an axis: where Base is 0.5 um, 8 trains at 4 um
 * @param lesionShare share of the patches whose centre is lesion; of the others it is normal tissue
 * @param validationPatches patches that the validation loss is taken over
 * @param validationShare share of every training slide's area that is kept for validation where no slide is
 */
public record PatchOptions(int size, int scale, double lesionShare, int validationPatches, double validationShare) {
    public PatchOptions {
        Check.between("size", size, 8, 4096);
        if (size % 2 != 0) {
            throw new IllegalArgumentException("size must be even, got " + size);
        }
        Check.between("scale", scale, 1, 1024);
        Check.share("lesionShare", lesionShare);
        Check.between("validationPatches", validationPatches, 1, 1_000_000);
        Check.between("validationShare", validationShare, 0.01, 0.5);
    }
}
