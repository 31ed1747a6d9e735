package slidefield.swipe.volume;

/**
 * The points of a batch of crops, as many in each, crop after crop: point {@code k} of crop {@code n} is at index {@code n *
 * perCrop + k}.
 *
 * @param crops how many, at least 1
 * @param perCrop points of each, at least 1
 * @param places along x, y and z as fractional voxel indices, {@code crops * perCrop} each
 */
public record VolumePoints(int crops, int perCrop, float[][] places) {
    /** @throws IllegalArgumentException if there are not as many coordinates as points, or one is no finite number */
    public VolumePoints {
        if (crops < 1 || perCrop < 1 || places.length != Axes.COUNT) {
            throw new IllegalArgumentException("expected at least one crop and one point of three axes, found " + crops
                    + " x " + perCrop + " of " + places.length);
        }
        int count = Math.multiplyExact(crops, perCrop);
        for (float[] axis : places) {
            if (axis.length != count) {
                throw new IllegalArgumentException(
                        "expected " + crops + " x " + perCrop + " places, found " + axis.length);
            }
            for (float place : axis) {
                if (!Float.isFinite(place)) {
                    throw new IllegalArgumentException("expected finite places, found " + place);
                }
            }
        }
    }

    /** How many points there are in all: {@code crops * perCrop}. */
    public int count() {
        return crops * perCrop;
    }
}
