package slidefield.fit;

import java.util.List;

/**
 * Which latents the lesion head learns from in step 2, besides those that step 1 left behind. All of it stays within
 * the method: decoder and reconstruction head are frozen and only hash grids are fitted, by the reconstruction error.
 *
 * @param scales how many times coarser than Base the training slides are sampled: 1 is Base itself; with 2 and 4 the
 *     head also sees what Base/2 and Base/4 look like
 * @param virtualSlides turned, mirrored and restained copies of every training slide that fresh hash grids are fitted
 *     to after step 1, as inference does with an unseen slide; 0 for none
 * @param virtualEpochs epochs of each such fit
 * @param stain largest relative change of a virtual slide's stain, 0 to 0.9
 */
public record LatentOptions(List<Integer> scales, int virtualSlides, int virtualEpochs, double stain) {
    public LatentOptions {
        if (scales == null || scales.isEmpty() || scales.stream().anyMatch(s -> s == null || s < 1 || s > 64)) {
            throw new IllegalArgumentException("scales must be at least one number of 1 to 64, got " + scales);
        }
        scales = List.copyOf(scales);
        Check.atLeast("virtualSlides", virtualSlides, 0);
        Check.atLeast("virtualEpochs", virtualEpochs, 1);
        Check.below("stain", stain, 0, 0.9);
    }
}
