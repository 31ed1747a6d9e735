package slidefield.swipe.volume;

import java.util.List;
import slidefield.fit.Check;
import slidefield.swipe.SwipeOptimisation;

/**
 * How long a network of volumes learns, and from how much at once.
 *
 * @param iterations steps in all; training has the least number of whole epochs that has so many. 0 for as many epochs as
 *     {@link SwipeOptimisation#epochs()} says (the paper: 50,000 iterations)
 * @param batch crops of a step; the last one of an epoch is filled up with further crops of its first volumes
 * @param points of each crop in a step, for SwIPE
 * @param crop voxels along x, y and z that the network sees at once; 96 along each in the paper
 * @param foreground share of the crops that are drawn around a voxel of the foreground; 0.75 in the paper (supplement,
 *     Table 1)
 * @param validateEvery epochs from one validation to the next, the last epoch being followed by one in any case
 */
public record VolumeTrainingOptions(
        int iterations, int batch, int points, List<Integer> crop, double foreground, int validateEvery) {
    /** @throws IllegalArgumentException if a number is out of range */
    public VolumeTrainingOptions {
        Check.between("iterations", iterations, 0, 100_000_000);
        Check.between("batch", batch, 1, 4096);
        Check.between("points", points, 1, 1_000_000);
        Axes.require("crop", "numbers of voxels", crop);
        crop.forEach(along -> Check.between("crop", along, 2, 1024));
        crop = List.copyOf(crop);
        Check.share("foreground", foreground);
        Check.between("validateEvery", validateEvery, 1, 1_000_000);
    }

    /** The crop's sizes along x, y and z. */
    int[] sizes() {
        return crop.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Steps of an epoch in which one crop of every volume is seen. */
    int steps(int volumes) {
        return (volumes + batch - 1) / batch;
    }

    /**
     * @param volumes in the training split
     * @param optimisation whose epochs count where iterations are not given
     */
    int epochs(int volumes, SwipeOptimisation optimisation) {
        int steps = steps(volumes);
        return iterations == 0 ? optimisation.epochs() : (int) (((long) iterations + steps - 1) / steps);
    }
}
