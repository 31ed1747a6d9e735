package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.fit.Seeds;
import slidefield.nic.ManifestPatches;
import slidefield.nic.PatchLabels;
import slidefield.nic.PatchSet;

/**
 * Labelled patches that encoders are judged by, the same for all of them.
 *
 * @param labels what they are labelled by
 * @param training to learn from
 * @param validation to choose by
 * @param test to report about
 */
record PatchTask(PatchLabels labels, PatchSet training, PatchSet validation, PatchSet test) {
    /**
     * The tasks that a manifest allows: tumour always, tissue where it names tissues.
     *
     * @param context its manifest's splits, of which one is for each part
     * @param side pixels of Base along both sides of a patch
     * @param patches how many of each
     */
    static List<PatchTask> of(ExperimentContext<Manifest> context, int side, ProbeSizes.Patches patches) {
        List<PatchTask> tasks = new ArrayList<>();
        for (PatchLabels labels : labels(context.manifest())) {
            tasks.add(new PatchTask(
                    labels,
                    draw(context, Split.TRAIN, side, labels, patches.training()),
                    draw(context, Split.VALIDATION, side, labels, patches.validation()),
                    draw(context, Split.TEST, side, labels, patches.test())));
        }
        return List.copyOf(tasks);
    }

    /** What a manifest's patches can be labelled by. */
    static List<PatchLabels> labels(Manifest manifest) {
        return manifest.tissues().isEmpty()
                ? List.of(PatchLabels.TUMOUR)
                : List.of(PatchLabels.TUMOUR, PatchLabels.TISSUE);
    }

    private static PatchSet draw(
            ExperimentContext<Manifest> context, Split split, int side, PatchLabels labels, int count) {
        ManifestPatches from =
                new ManifestPatches(context.manifest(), split, context.data(), side, 1, context.listener());
        long seed = Seeds.derive(0, "probe", labels.name(), split.name());
        return labels == PatchLabels.TISSUE ? from.tissues(count, seed) : from.draw(seed, p -> p.tumour(count));
    }

    /** Its name in tables. */
    static String name(PatchLabels labels) {
        return labels == PatchLabels.TUMOUR ? "Tumour or not" : "Tissue";
    }

    /** Its name in tables. */
    String name() {
        return name(labels);
    }

    /** The paper's column: tumour of CAMELYON16, or tissue of rectum. */
    String paper() {
        return labels == PatchLabels.TUMOUR ? NicPaper.TUMOR : NicPaper.GLOBAL;
    }

    /** Accuracy of guessing. */
    double chance() {
        return 1.0 / test.classes().size();
    }

    /** The same places as encoders of larger pixels see them. */
    PatchTask averaged(int factor) {
        return new PatchTask(labels, training.averaged(factor), validation.averaged(factor), test.averaged(factor));
    }
}
