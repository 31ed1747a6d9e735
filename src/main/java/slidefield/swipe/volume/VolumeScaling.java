package slidefield.swipe.volume;

import java.util.Arrays;
import java.util.List;
import slidefield.io.InputException;
import slidefield.swipe.LabelledVolume;
import slidefield.swipe.Volume;

/** Volumes made alike: interpolated to one spacing, clipped and brought to [0, 1]. */
final class VolumeScaling {
    /** Voxels that an array can hold. */
    private static final long MOST = Integer.MAX_VALUE - 8;

    private final VolumeScalingOptions options;

    VolumeScaling(VolumeScalingOptions options) {
        this.options = options;
    }

    /** The sizes along x, y and z that a volume will have. */
    int[] sizes(Volume volume) {
        int[] own = {volume.width(), volume.height(), volume.depth()};
        double[] spacing = {volume.spacingX(), volume.spacingY(), volume.spacingZ()};
        List<Double> wanted = options.spacing();
        long voxels = 1;
        for (int axis = 0; axis < own.length && !wanted.isEmpty(); axis++) {
            double size = Math.max(1, Math.rint(own[axis] * spacing[axis] / wanted.get(axis)));
            voxels = size < MOST ? voxels * (long) size : Long.MAX_VALUE;
            if (voxels > MOST || voxels < 0) {
                throw new InputException("volume " + volume.name() + " would have more than " + MOST + " voxels of "
                        + wanted + " mm; choose a larger scaling.spacing");
            }
            own[axis] = (int) size;
        }
        return own;
    }

    /**
     * @param volume of any size and values
     * @return values in [0, 1] at the voxels that {@link #sizes} says
     * @throws InputException if all values are clipped to one
     */
    Volume scaled(Volume volume) {
        int[] sizes = sizes(volume);
        return new Volume(
                volume.name(),
                sizes[0],
                sizes[1],
                sizes[2],
                volume.spacingX() * volume.width() / sizes[0],
                volume.spacingY() * volume.height() / sizes[1],
                volume.spacingZ() * volume.depth() / sizes[2],
                resized(volume, normalised(volume), sizes));
    }

    /** A volume with its classes, each voxel's that of the nearest one before. */
    LabelledVolume scaled(LabelledVolume labelled) {
        Volume volume = labelled.volume();
        Volume scaled = scaled(volume);
        byte[] classes = new byte[scaled.values().length];
        int[] x = nearest(volume.width(), scaled.width());
        int[] y = nearest(volume.height(), scaled.height());
        int[] z = nearest(volume.depth(), scaled.depth());
        int at = 0;
        for (int slice : z) {
            for (int row : y) {
                for (int column : x) {
                    classes[at++] = labelled.classes()[(slice * volume.height() + row) * volume.width() + column];
                }
            }
        }
        return new LabelledVolume(scaled, classes);
    }

    /**
     * Where voxels of one size lie in another that covers the same space.
     *
     * @param from voxels asked for
     * @param in voxels there are
     * @return as many fractional indices as {@code from}, 0 to {@code in - 1}
     */
    static float[] places(int from, int in) {
        float[] places = new float[from];
        for (int i = 0; i < from; i++) {
            places[i] = (float) Math.max(0, Math.min(in - 1, (i + 0.5) * in / from - 0.5));
        }
        return places;
    }

    private static int[] nearest(int from, int to) {
        int[] indices = new int[to];
        for (int i = 0; i < to; i++) {
            indices[i] = (int) ((2L * i + 1) * from / (2L * to));
        }
        return indices;
    }

    private static float[] resized(Volume volume, float[] values, int[] sizes) {
        int[] own = {volume.width(), volume.height(), volume.depth()};
        if (Arrays.equals(own, sizes)) {
            return values;
        }
        VolumeLattice lattice =
                new VolumeLattice(places(sizes[0], own[0]), places(sizes[1], own[1]), places(sizes[2], own[2]));
        return lattice.interpolated(values, own, 1);
    }

    private float[] normalised(Volume volume) {
        double low = options.low();
        double high = options.high();
        if (options.rule() == VolumeScalingOptions.Rule.PERCENTILES) {
            float[] sorted = volume.values().clone();
            Arrays.sort(sorted);
            low = sorted[(int) Math.round(low / 100 * (sorted.length - 1))];
            high = sorted[(int) Math.round(high / 100 * (sorted.length - 1))];
        }
        float[] found = new float[volume.values().length];
        boolean varied = false;
        for (int i = 0; i < found.length; i++) {
            double share = (volume.values()[i] - low) / (high - low);
            found[i] = (float) Math.max(0, Math.min(1, share));
            varied |= found[i] != found[0];
        }
        if (!varied || !(high > low)) {
            throw new InputException("volume " + volume.name() + " shows nothing: its values from " + low + " to "
                    + high + " are all that is looked at, and there is one value; check the file or scaling.low and"
                    + " scaling.high");
        }
        return found;
    }
}
