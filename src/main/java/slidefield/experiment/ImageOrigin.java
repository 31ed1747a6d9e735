package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import slidefield.data.ImagePair;
import slidefield.data.ImageSetManifest;
import slidefield.data.Split;

/** Where numbers of plain images come from. */
final class ImageOrigin {
    private static final String PAPER =
            "The paper's are the 196 images of Kvasir-Sessile (118 to train, 39 to validate,"
                    + " 39 to test), six seeds and 30,000 iterations at 384 x 384 pixels";

    private ImageOrigin() {}

    /**
     * @param context images
     * @param methods what was trained
     */
    static Origin of(ExperimentContext<ImageSetManifest> context, List<ImageMethod> methods) {
        ImageSetManifest manifest = context.manifest();
        Map<Split, List<ImagePair>> splits = ImageData.splits(context);
        boolean same = manifest.name().equals("kvasir-sessile") && context.size() == Size.PAPER;
        List<String> lines = new ArrayList<>();
        lines.add("Images: " + Origin.named(manifest.name(), manifest.description()) + ". " + PAPER + ": compare "
                + (same ? "the numbers, too." : "the pattern, not the numbers."));
        lines.add(splits.get(Split.TRAIN).size() + " images to train, "
                + splits.get(Split.VALIDATION).size() + " to choose the epoch by, "
                + splits.get(Split.TEST).size()
                + " to test, which nothing was chosen by; all trainings share these splits (seed "
                + manifest.split().seed() + ")");
        context.second()
                .ifPresent(other -> lines.add("Also scored on all "
                        + other.manifest().pairs(other.data()).size() + " images of "
                        + Origin.named(other.manifest().name(), other.manifest().description())));
        return new Origin(
                lines, methods.stream().map(ImageMethod::text).distinct().toList());
    }
}
