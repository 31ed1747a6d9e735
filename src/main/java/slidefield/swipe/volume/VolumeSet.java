package slidefield.swipe.volume;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import slidefield.data.DataRoot;
import slidefield.data.ImagePair;
import slidefield.data.ImageSetManifest;
import slidefield.data.Split;
import slidefield.io.InputException;
import slidefield.swipe.LabelledVolume;

/**
 * The volumes of a data set in memory, in their own voxels and values, dealt to the splits.
 *
 * @param name of the data set
 * @param classes names of the classes, background not among them
 * @param volumes of every split, sorted by name; a split may be empty
 */
public record VolumeSet(String name, List<String> classes, Map<Split, List<LabelledVolume>> volumes) {
    /** Copies what it is given. */
    public VolumeSet {
        classes = List.copyOf(classes);
        Map<Split, List<LabelledVolume>> copy = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            copy.put(split, List.copyOf(volumes.getOrDefault(split, List.of())));
        }
        volumes = copy;
    }

    /** The volumes of one split, sorted by name; may be empty. */
    public List<LabelledVolume> of(Split split) {
        return volumes.get(split);
    }

    /** Logits per voxel: one for a single class, otherwise one for each class and the background. */
    public int outputs() {
        return classes.size() == 1 ? 1 : classes.size() + 1;
    }

    /**
     * Reads the volumes of some splits.
     *
     * @param manifest which, and how they are dealt; images and masks are NIfTI-1 files
     * @param root where they lie
     * @param seed of the splits
     * @param wanted which splits are read; the others stay empty
     * @throws InputException naming the first file that cannot be used, and why
     */
    public static VolumeSet read(ImageSetManifest manifest, DataRoot root, long seed, List<Split> wanted) {
        Map<Split, List<ImagePair>> splits = manifest.splits(root, seed);
        Map<Split, List<LabelledVolume>> volumes = new EnumMap<>(Split.class);
        for (Split split : wanted) {
            volumes.put(
                    split,
                    splits.get(split).stream().map(pair -> read(pair, manifest)).toList());
        }
        return new VolumeSet(manifest.name(), manifest.classes(), volumes);
    }

    /** A volume by its name in the set: what is drawn of it does not depend on the folder that the set lies in. */
    private static LabelledVolume read(ImagePair pair, ImageSetManifest manifest) {
        LabelledVolume read = LabelledVolume.read(pair, manifest);
        return new LabelledVolume(read.volume().named(pair.name()), read.classes());
    }
}
