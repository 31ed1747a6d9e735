package slidefield.swipe;

import java.nio.file.Path;
import java.util.List;
import slidefield.io.InputException;

/**
 * A three-dimensional image in the order of its file: x runs fastest, then y, then z.
 *
 * @param name of the file, for tables and messages
 * @param width voxels along x
 * @param height voxels along y
 * @param depth voxels along z
 * @param spacingX millimetres from voxel to voxel along x
 * @param spacingY along y
 * @param spacingZ along z
 * @param values {@code depth x height x width}
 */
public record Volume(
        String name,
        int width,
        int height,
        int depth,
        double spacingX,
        double spacingY,
        double spacingZ,
        float[] values) {
    /** @throws IllegalArgumentException if there are not as many values as voxels */
    public Volume {
        if (width < 1 || height < 1 || depth < 1 || values.length != (long) width * height * depth) {
            throw new IllegalArgumentException(
                    "expected " + width + " x " + height + " x " + depth + " values, found " + values.length);
        }
    }

    /**
     * Reads a NIfTI-1 file, see {@link Nifti#read}.
     *
     * @param file {@code .nii} or {@code .nii.gz}
     * @throws InputException if it cannot be read
     */
    public static Volume read(Path file) {
        return Nifti.read(file);
    }

    /** The same under another name. */
    public Volume named(String other) {
        return new Volume(other, width, height, depth, spacingX, spacingY, spacingZ, values);
    }

    /** The value at a voxel. */
    public float at(int x, int y, int z) {
        return values[(z * height + y) * width + x];
    }

    /**
     * The values as class numbers.
     *
     * @param classes names of the foreground classes 1, 2, ...
     * @return as many as values; 0 is background
     * @throws InputException if a value is none of them
     */
    public byte[] classes(List<String> classes) {
        byte[] found = new byte[values.length];
        for (int i = 0; i < found.length; i++) {
            if (!(values[i] >= 0 && values[i] <= classes.size()) || values[i] != Math.rint(values[i])) {
                throw new InputException("label volume " + name + " has the value " + values[i]
                        + "; expected class numbers from 0 (background) to " + classes.size() + " ("
                        + classes.get(classes.size() - 1) + ")");
            }
            found[i] = (byte) values[i];
        }
        return found;
    }

    /**
     * Checks that labels lie on the voxels of this volume.
     *
     * @param labels the other volume
     * @throws InputException if sizes differ, or spacings by more than a thousandth; names both
     */
    public void requireSameVoxels(Volume labels) {
        boolean same = width == labels.width && height == labels.height && depth == labels.depth;
        if (!same
                || !near(spacingX, labels.spacingX)
                || !near(spacingY, labels.spacingY)
                || !near(spacingZ, labels.spacingZ)) {
            throw new InputException("labels " + labels.name + " are " + labels.size() + " but the volume " + name
                    + " is " + size() + "; expected the same voxels");
        }
    }

    private static boolean near(double one, double other) {
        return Math.abs(one - other) <= 1e-3 * Math.max(one, other);
    }

    private String size() {
        return width + " x " + height + " x " + depth + " voxels of " + (float) spacingX + " x " + (float) spacingY
                + " x " + (float) spacingZ + " mm";
    }
}
