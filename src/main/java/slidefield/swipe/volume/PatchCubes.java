package slidefield.swipe.volume;

import java.util.Random;
import slidefield.swipe.PatchOverreach;
import slidefield.swipe.PointBatch;

/**
 * How a volume is divided into patches: cubes of S voxels, side by side from the first voxel, numbered with x running
 * fastest. The centre of patch k along an axis is at k S + S / 2 voxels, as in the released 2-D code.
 *
 * @param sizes of the volume along x, y and z, voxels, multiples of the patch
 * @param patch S, voxels
 */
record PatchCubes(int[] sizes, int patch) {
    /** Patches along an axis. */
    int along(int axis) {
        return sizes[axis] / patch;
    }

    int count() {
        return along(0) * along(1) * along(2);
    }

    /** The patch of one of several points, the nearest one for points outside. */
    int of(float[][] places, int index) {
        int cube = 0;
        for (int axis = Axes.COUNT - 1; axis >= 0; axis--) {
            int found = (int) Math.floor(places[axis][index] / patch);
            cube = cube * along(axis) + Math.max(0, Math.min(along(axis) - 1, found));
        }
        return cube;
    }

    /** The centre c of a patch along an axis, in [-1, 1] as p^I is. */
    float centre(int cube, int axis) {
        int index = cube;
        for (int before = 0; before < axis; before++) {
            index /= along(before);
        }
        return PointBatch.normalised(index % along(axis) * patch + patch / 2f, sizes[axis]);
    }

    /** One of the six patches that adjoin a patch; where there is none, what {@link PatchOverreach} takes instead. */
    int neighbour(int cube, Random random) {
        int drawn = random.nextInt(2 * Axes.COUNT);
        int step = 1;
        for (int before = 0; before < drawn / 2; before++) {
            step *= along(before);
        }
        int count = along(drawn / 2);
        int own = cube / step % count;
        return cube + (PatchOverreach.reflected(own + (drawn % 2 == 0 ? 1 : -1), count) - own) * step;
    }
}
