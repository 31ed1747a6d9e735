package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import slidefield.data.Manifest;
import slidefield.fit.Settings;
import slidefield.patch.PatchSettings;

/**
 * The four rows of WSI-INR's Table 1, which its Figure 3 shows too.
 *
 * @param unet the U-Net's settings
 * @param transUnet TransUNet's
 * @param field ours
 */
record Rivals(PatchSettings unet, PatchSettings transUnet, Settings field) {
    /** The groups of options that they have beside the field's. */
    static final Set<String> OPTIONS = Set.of(Changes.PATCH, Changes.UNET, Changes.TRANSUNET);

    static Rivals of(ExperimentContext<Manifest> context) {
        Changes changes = context.changes();
        return new Rivals(
                PatchSizes.of("unet", context.size(), changes.of(Changes.PATCH, Changes.UNET)),
                PatchSizes.of("transunet", context.size(), changes.of(Changes.PATCH, Changes.TRANSUNET)),
                changes.on(FieldSizes.of(context.size())));
    }

    /** The rows, in the paper's order. */
    List<Method> methods(ExperimentContext<Manifest> context, Runs runs) {
        PatchRuns networks = new PatchRuns(context, runs);
        List<Method> methods = new ArrayList<>();
        methods.add(new PatchMethod(PaperDice.UNET, "unet", networks, unet, context.listener()));
        methods.add(new PatchMethod(PaperDice.TRANSUNET, "transunet", networks, transUnet, context.listener()));
        methods.addAll(Ours.of(context, runs, field));
        return methods;
    }

    /** For a report. */
    List<String> texts() {
        return List.of(
                PatchSizes.text(PaperDice.UNET, unet),
                PatchSizes.text(PaperDice.TRANSUNET, transUnet),
                FieldSizes.text(field));
    }
}
