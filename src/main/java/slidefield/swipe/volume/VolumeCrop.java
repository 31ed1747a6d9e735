package slidefield.swipe.volume;

import java.util.Arrays;
import java.util.Random;
import slidefield.swipe.LabelledVolume;
import slidefield.swipe.SampledPoints;
import slidefield.swipe.Volume;

/**
 * A box cut out of a volume, x running fastest. What lies beyond the volume is 0 and background, and no point lies there.
 *
 * @param frame where it was cut; in a mirrored crop steps of -1
 * @param sizes along x, y and z, voxels
 * @param values as many as voxels
 * @param classes as many; empty where they are not known
 */
record VolumeCrop(VolumeFrame frame, int[] sizes, float[] values, byte[] classes) {
    /**
     * Cuts a box out.
     *
     * @param volume values in [0, 1]
     * @param classes of its voxels; empty where they are not known
     * @param frame where, and whether mirrored
     * @param sizes of the box
     */
    static VolumeCrop cut(Volume volume, byte[] classes, VolumeFrame frame, int[] sizes) {
        float[] values = new float[sizes[0] * sizes[1] * sizes[2]];
        byte[] found = new byte[classes.length == 0 ? 0 : values.length];
        for (int i = 0; i < values.length; i++) {
            int x = source(frame, 0, i % sizes[0]);
            int y = source(frame, 1, i / sizes[0] % sizes[1]);
            int z = source(frame, 2, i / sizes[0] / sizes[1]);
            if (x >= 0 && y >= 0 && z >= 0) {
                int voxel = (z * volume.height() + y) * volume.width() + x;
                values[i] = volume.values()[voxel];
                if (found.length > 0) {
                    found[i] = classes[voxel];
                }
            }
        }
        return new VolumeCrop(frame, sizes, values, found);
    }

    /** The source's voxel along an axis, or -1 beyond it. */
    private static int source(VolumeFrame frame, int axis, int place) {
        int voxel = frame.start()[axis] + frame.step()[axis] * place;
        return voxel < frame.sizes()[axis] ? voxel : -1;
    }

    /**
     * Where a training crop is cut: with the share of the options around a voxel of the foreground, otherwise anywhere.
     * Along an axis on which the volume is shorter than the crop, it lies in the middle.
     *
     * @param labelled with its classes
     * @param training the crop's sizes and that share
     * @param augmentation what is mirrored
     * @param random source of all randomness
     */
    static VolumeFrame draw(
            LabelledVolume labelled,
            VolumeTrainingOptions training,
            VolumeAugmentationOptions augmentation,
            Random random) {
        Volume volume = labelled.volume();
        int[] whole = {volume.width(), volume.height(), volume.depth()};
        int[] sizes = training.sizes();
        int voxel = random.nextDouble() < training.foreground() ? foreground(labelled.classes(), random) : -1;
        int rest = voxel;
        int[] start = new int[Axes.COUNT];
        int[] step = new int[Axes.COUNT];
        for (int axis = 0; axis < Axes.COUNT; axis++) {
            int room = whole[axis] - sizes[axis];
            if (room <= 0) {
                start[axis] = centred(whole[axis], sizes[axis]);
            } else if (voxel < 0) {
                start[axis] = random.nextInt(room + 1);
            } else {
                int first = rest % whole[axis] - random.nextInt(sizes[axis]);
                start[axis] = Math.max(0, Math.min(room, first));
            }
            rest /= whole[axis];
            step[axis] = 1;
            if (random.nextDouble() < augmentation.flip().get(axis)) {
                step[axis] = -1;
                start[axis] += sizes[axis] - 1;
            }
        }
        return new VolumeFrame(start, step, whole);
    }

    /** The first voxel of a window that is not smaller than its volume, which then lies in the middle. */
    static int centred(int whole, int window) {
        return -((window - whole) / 2);
    }

    /** A voxel of the foreground, any with the same probability; -1 where there is none. */
    private static int foreground(byte[] classes, Random random) {
        int count = 0;
        for (byte c : classes) {
            count += c == 0 ? 0 : 1;
        }
        if (count == 0) {
            return -1;
        }
        int wanted = random.nextInt(count);
        int voxel = -1;
        for (int seen = -1; seen < wanted; seen += classes[voxel] == 0 ? 0 : 1) {
            voxel++;
        }
        return voxel;
    }

    /** The same with other intensities, see {@link VolumeAugmentationOptions}. */
    VolumeCrop jittered(VolumeAugmentationOptions options, Random random) {
        if (random.nextDouble() >= options.jitter()) {
            return this;
        }
        double gain = 1 + options.gain() * (2 * random.nextDouble() - 1);
        double offset = options.offset() * (2 * random.nextDouble() - 1);
        float[] other = new float[values.length];
        for (int i = 0; i < other.length; i++) {
            other[i] = (float) Math.max(0, Math.min(1, gain * values[i] + offset));
        }
        return new VolumeCrop(frame, sizes, other, classes);
    }

    /**
     * The points of a volume that lie in this crop, in its voxels. Where none does, the centres of its voxels.
     *
     * @param pool sampled of the whole volume
     */
    SampledPoints points(SampledPoints pool) {
        float[][] places = new float[Axes.COUNT][pool.count()];
        int[] start = new int[pool.start().length];
        int kept = 0;
        for (int c = 0; c < pool.classes(); c++) {
            for (int i = pool.start()[c]; i < pool.start()[c + 1]; i++) {
                boolean inside = true;
                for (int axis = 0; axis < Axes.COUNT; axis++) {
                    float place = (pool.places()[axis][i] - frame.start()[axis]) * frame.step()[axis];
                    places[axis][kept] = place;
                    inside &= place >= 0 && place <= sizes[axis] - 1;
                }
                kept += inside ? 1 : 0;
            }
            start[c + 1] = kept;
        }
        return kept == 0 ? voxels(pool.classes()) : new SampledPoints(cut(places, kept), start);
    }

    private SampledPoints voxels(int count) {
        float[][] places = new float[Axes.COUNT][classes.length];
        int[] start = new int[count + 1];
        int kept = 0;
        for (int c = 0; c < count; c++) {
            for (int i = 0; i < classes.length; i++) {
                if (classes[i] == c) {
                    places[0][kept] = i % sizes[0];
                    places[1][kept] = i / sizes[0] % sizes[1];
                    places[2][kept] = i / sizes[0] / sizes[1];
                    kept++;
                }
            }
            start[c + 1] = kept;
        }
        return new SampledPoints(places, start);
    }

    private static float[][] cut(float[][] places, int count) {
        float[][] kept = new float[places.length][];
        for (int axis = 0; axis < kept.length; axis++) {
            kept[axis] = Arrays.copyOf(places[axis], count);
        }
        return kept;
    }
}
