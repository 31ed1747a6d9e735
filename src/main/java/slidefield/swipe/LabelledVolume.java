package slidefield.swipe;

import slidefield.data.ImagePair;
import slidefield.data.ImageSetManifest;
import slidefield.io.InputException;

/**
 * A volume with the class of each voxel.
 *
 * @param volume values, as scaled by its file
 * @param classes as many class numbers in the same order; 0 is background
 */
public record LabelledVolume(Volume volume, byte[] classes) {
    /** @throws IllegalArgumentException if there are not as many classes as voxels */
    public LabelledVolume {
        if (classes.length != volume.values().length) {
            throw new IllegalArgumentException(
                    "expected " + volume.values().length + " classes, found " + classes.length);
        }
    }

    /**
     * Reads a volume of a set with its labels.
     *
     * @param pair both files, NIfTI-1
     * @param manifest names of the classes
     * @throws InputException if a file cannot be read, the labels lie on other voxels, or are no class numbers, or show
     *     background only though the manifest does not say so
     */
    public static LabelledVolume read(ImagePair pair, ImageSetManifest manifest) {
        Volume volume = Volume.read(pair.image());
        Volume labels = Volume.read(pair.mask());
        volume.requireSameVoxels(labels);
        byte[] classes = labels.classes(manifest.classes());
        if (!manifest.withoutForeground()) {
            MaskImage.refuseEmpty(pair.mask(), classes);
        }
        return new LabelledVolume(volume, classes);
    }
}
