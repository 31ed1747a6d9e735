package slidefield.swipe.volume;

import slidefield.swipe.SegmentedImage;

/**
 * What a {@link TrainedVolumeNetwork} says of every voxel of a volume, x running fastest.
 *
 * @param width voxels along x
 * @param height voxels along y
 * @param depth voxels along z
 * @param outputs logits a voxel: 1 for foreground, or one per class with background first
 * @param logits {@code depth x height x width x outputs}
 */
public record SegmentedVolume(int width, int height, int depth, int outputs, float[] logits) {
    /** @throws IllegalArgumentException if there are not as many logits as voxels */
    public SegmentedVolume {
        if (logits.length != (long) width * height * depth * outputs) {
            throw new IllegalArgumentException("expected " + width + " x " + height + " x " + depth + " x " + outputs
                    + " logits, found " + logits.length);
        }
    }

    /** A class number a voxel; 0 is background. Of one logit, 0 and more is foreground; of several, the largest counts. */
    public byte[] classes() {
        return SegmentedImage.classes(logits, outputs);
    }
}
