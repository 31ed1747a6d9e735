package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import slidefield.data.ImageSetManifest;
import slidefield.notebook.Charts;

/** SwIPE, Table 2, left: answers in fewer and more pixels than a network was trained with, and images of them. */
final class SwipeTable2Resolution implements ImageExperiment {
    /** Pixels that sides are multiples of, and the least that a network can normalise its coarsest map with. */
    private static final int MULTIPLE = 32;

    private static final int LEAST = 2 * MULTIPLE;

    @Override
    public String name() {
        return "swipe-table2-resolution";
    }

    @Override
    public String title() {
        return "SwIPE, Table 2 (left): across resolutions";
    }

    @Override
    public String claim() {
        return "resizing a discrete network's answer costs it more than asking an implicit one for other points (at 128"
                + " and 896 of 384 pixels PraNet loses 9.9 and 7.6, SwIPE 3.8 and 0.7), and giving it another input costs"
                + " most (13.8 and 38.6).";
    }

    @Override
    public ExperimentResult run(ExperimentContext<ImageSetManifest> given) {
        ImageStudy study = ImageStudy.of(given, name(), SwipePaper.ROBUST_RIVALS);
        ExperimentContext<ImageSetManifest> context = study.context();
        ResultWriter writer = new ResultWriter(context, this);
        List<ImageMethod> methods = new ArrayList<>();
        SwipePaper.ROBUST_RIVALS.forEach(rival -> methods.add(study.rival(rival)));
        methods.add(study.swipe());
        List<ImageView> views = views(study);
        ImageOutcomes outcomes = new ImageTrials(context)
                .run(
                        methods,
                        views,
                        method -> method.name().equals(SwipePaper.PRANET),
                        (method, seed, image, found) -> {});
        ImageRows rows = new ImageRows(outcomes, methods, SwipePaper.resolutions());
        writer.table("", rows.table());
        writer.table("per-image", outcomes.perImage());
        List<String> outputs = List.of(SwipePaper.SMALLER_OUTPUT, SwipePaper.SAME, SwipePaper.LARGER_OUTPUT);
        writer.chart("", Charts.bars("Ours, " + context.manifest().name(), "", "Dice %", outputs, rows.bars(outputs)));
        writer.chart(
                "paper", Charts.bars("The paper's, Kvasir-Sessile", "", "Dice %", outputs, rows.paperBars(outputs)));
        SwipeResolutionClaims.of(outcomes).forEach(writer::claim);
        StringBuilder sizes = new StringBuilder();
        for (ImageView view : views) {
            sizes.append(sizes.length() == 0 ? "" : "; ")
                    .append(view.label())
                    .append(": ")
                    .append(view.input() == 0 ? study.pixels() : view.input())
                    .append(" pixels in, ")
                    .append(view.output())
                    .append(" out");
        }
        String numbers =
                "Dice in percent on unseen images, our mean ± sd over seeds beside the paper's (384 pixels along"
                        + " the sides in training; 128 and 896 otherwise). Ours, pixels along both sides: " + sizes
                        + ". The discrete network's logits are resized bilinearly, the implicit ones are asked at other points.\n\n"
                        + rows.markdown();
        return writer.finish(numbers, study.origin(methods));
    }

    /** As trained; a third and seven thirds out; about the same in. */
    private static List<ImageView> views(ImageStudy study) {
        int pixels = study.pixels();
        int smaller = Math.round(pixels / 3f);
        int larger = Math.round(pixels * 7 / 3f);
        int smallerInput = Math.max(LEAST, multiple(smaller));
        int largerInput = multiple(larger);
        ImageView same = study.test(SwipePaper.SAME);
        return List.of(
                same,
                same.in(SwipePaper.SMALLER_OUTPUT, smaller, 0),
                same.in(SwipePaper.LARGER_OUTPUT, larger, 0),
                same.in(SwipePaper.SMALLER_INPUT, smallerInput, smallerInput),
                same.in(SwipePaper.LARGER_INPUT, largerInput, largerInput));
    }

    private static int multiple(int pixels) {
        return Math.max(1, Math.round((float) pixels / MULTIPLE)) * MULTIPLE;
    }
}
