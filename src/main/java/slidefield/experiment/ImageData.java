package slidefield.experiment;

import java.util.List;
import java.util.Map;
import slidefield.data.ImagePair;
import slidefield.data.ImageSetManifest;
import slidefield.data.Split;
import slidefield.data.SplitRule;
import slidefield.io.InputException;

/** The images of an experiment: how they are dealt, and that there are enough of them. */
final class ImageData {
    /** Deals the images of a manifest whose splits have no seed: all trainings share their splits, as in the paper. */
    private static final long SPLITS = 0;

    private ImageData() {}

    /**
     * @param given any
     * @return the same with splits that do not depend on a training's seed
     * @throws InputException if a split is empty or there is more than one class
     */
    static ExperimentContext<ImageSetManifest> dealt(ExperimentContext<ImageSetManifest> given) {
        ImageSetManifest manifest = given.manifest();
        requireOneClass(manifest);
        given.second().ifPresent(other -> requireOneClass(other.manifest()));
        SplitRule rule = manifest.split();
        ExperimentContext<ImageSetManifest> context =
                rule.seed() != null ? given : given.withManifest(manifest.withSplit(rule.withSeed(SPLITS)));
        splits(context).forEach((split, images) -> {
            if (images.isEmpty()) {
                throw new InputException("image set " + manifest.name() + " has no image with the split '"
                        + split.word() + "'; an experiment trains, validates and tests, so it needs one of each: give"
                        + " its manifest a split such as {train: 118, validation: 39, test: 39}");
            }
        });
        return context;
    }

    private static void requireOneClass(ImageSetManifest manifest) {
        if (manifest.classes().size() != 1) {
            throw new InputException("image set " + manifest.name() + " shows "
                    + String.join(", ", manifest.classes())
                    + "; the tables of SwIPE's 2-D model are about one class: choose a set with one");
        }
    }

    /** Files by split. */
    static Map<Split, List<ImagePair>> splits(ExperimentContext<ImageSetManifest> context) {
        return context.manifest().splits(context.data(), SPLITS);
    }
}
