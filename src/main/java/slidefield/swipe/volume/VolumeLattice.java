package slidefield.swipe.volume;

/**
 * Points in rows, columns and slices at which a volume is asked: every combination of the places along the three axes. Point
 * (i, j, k) of places x, y, z is at index {@code (k y.length + j) x.length + i}.
 *
 * @param x fractional voxel indices along x, at least one
 * @param y along y
 * @param z along z
 */
record VolumeLattice(float[] x, float[] y, float[] z) {
    /** All voxels of a crop of these sizes along x, y and z. */
    static VolumeLattice voxels(int[] sizes) {
        return new VolumeLattice(
                VolumeScaling.places(sizes[0], sizes[0]),
                VolumeScaling.places(sizes[1], sizes[1]),
                VolumeScaling.places(sizes[2], sizes[2]));
    }

    int count() {
        return Math.multiplyExact(Math.multiplyExact(x.length, y.length), z.length);
    }

    /** The places of all points along x, y and z. */
    float[][] places() {
        float[][] places = new float[Axes.COUNT][count()];
        for (int i = 0; i < places[0].length; i++) {
            places[0][i] = x[i % x.length];
            places[1][i] = y[i / x.length % y.length];
            places[2][i] = z[i / x.length / y.length];
        }
        return places;
    }

    /**
     * Trilinear interpolation at all points, clamped at the borders.
     *
     * @param map values, {@code sizes[2] x sizes[1] x sizes[0] x channels}
     * @param sizes of the map along x, y and z, voxels
     * @param channels of a voxel
     * @return points x channels
     */
    float[] interpolated(float[] map, int[] sizes, int channels) {
        float[] found = new float[Math.multiplyExact(count(), channels)];
        int at = 0;
        for (float slice : z) {
            for (float row : y) {
                for (float column : x) {
                    write(map, sizes, channels, new float[] {column, row, slice}, found, at);
                    at += channels;
                }
            }
        }
        return found;
    }

    private static void write(float[] map, int[] sizes, int channels, float[] place, float[] into, int at) {
        for (int corner = 0; corner < 8; corner++) {
            float weight = 1;
            int voxel = 0;
            for (int axis = Axes.COUNT - 1; axis >= 0; axis--) {
                float inside = Math.max(0, Math.min(sizes[axis] - 1, place[axis]));
                int below = (int) inside;
                int upper = corner >> axis & 1;
                weight *= upper == 1 ? inside - below : 1 - (inside - below);
                voxel = voxel * sizes[axis] + Math.min(below + upper, sizes[axis] - 1);
            }
            for (int c = 0; c < channels && weight != 0; c++) {
                into[at + c] += weight * map[voxel * channels + c];
            }
        }
    }
}
