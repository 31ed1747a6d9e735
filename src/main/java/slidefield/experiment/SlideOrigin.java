package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import slidefield.data.Base;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;

/** Where numbers of slides come from. */
final class SlideOrigin {
    private SlideOrigin() {}

    /**
     * @param context slides
     * @param paper the paper's data, in a few words
     * @param paperManifest name of the manifest that holds the paper's own slides
     * @param scored the splits that were scored
     * @param sizes the models and how long they were trained, a line each
     */
    static Origin of(
            ExperimentContext<Manifest> context,
            String paper,
            String paperManifest,
            List<Split> scored,
            List<String> sizes) {
        Manifest manifest = context.manifest();
        List<String> lines = new ArrayList<>();
        boolean same = manifest.name().equals(paperManifest);
        lines.add("Slides: " + Origin.named(manifest.name(), manifest.description()) + "; Base is "
                + of(manifest.base()) + ". "
                + (same
                        ? "These are the paper's slides."
                        : "The paper's are " + paper + ": compare the pattern, not the numbers."));
        lines.add("Trained on " + names(manifest, Split.TRAIN));
        for (Split split : scored) {
            lines.add("Scored on " + names(manifest, split) + (split == Split.VALIDATION ? " (validation)" : ""));
        }
        return new Origin(lines, sizes);
    }

    private static String names(Manifest manifest, Split split) {
        List<String> names =
                manifest.split(split).stream().map(SlideEntry::name).toList();
        String list = names.size() <= 8
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 7)) + " and " + (names.size() - 7) + " more";
        return names.size() + (names.size() == 1 ? " slide: " : " slides: ") + list;
    }

    private static String of(Base base) {
        return base.mpp() != null
                ? base.mpp() + " µm per pixel"
                : "the stored pixels " + base.downsample() + " times coarser";
    }
}
