package slidefield.swipe.volume;

import java.util.Arrays;
import slidefield.swipe.PointBatch;

/**
 * Where in its source volume a crop was cut: its voxel k along an axis is the source's voxel start + step k. Gives SwIPE's
 * source coordinate p^S in [-1, 1] over the whole source (section 2.2).
 *
 * @param start source voxel of the crop's first voxel along x, y and z; may lie outside, where the crop is padded
 * @param step source voxels from one voxel to the next, 1, or -1 where the crop is mirrored
 * @param sizes of the source along x, y and z, voxels
 */
public record VolumeFrame(int[] start, int[] step, int[] sizes) {
    /** @throws IllegalArgumentException if there are not three of each, or a step is neither 1 nor -1 */
    public VolumeFrame {
        if (start.length != 3 || step.length != 3 || sizes.length != 3) {
            throw new IllegalArgumentException("three starts, steps and sizes are expected, found " + start.length
                    + ", " + step.length + " and " + sizes.length);
        }
        for (int axis = 0; axis < 3; axis++) {
            if (Math.abs(step[axis]) != 1 || sizes[axis] < 1) {
                throw new IllegalArgumentException("steps of 1 or -1 in a volume are expected, found "
                        + Arrays.toString(step) + " in " + Arrays.toString(sizes));
            }
        }
    }

    /** The source coordinate p^S along an axis. */
    float at(int axis, float place) {
        float voxel = start[axis] + step[axis] * place;
        return sizes[axis] == 1 ? 0 : PointBatch.normalised(voxel, sizes[axis]);
    }
}
