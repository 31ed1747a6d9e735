package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slidefield.data.ImageSetManifest;
import slidefield.notebook.Charts;

/** SwIPE, Table 1, its 2-D half: six networks that segment polyps, what they cost and how well they do. */
final class SwipeTable1 implements ImageExperiment {
    @Override
    public String name() {
        return "swipe-table1";
    }

    @Override
    public String title() {
        return "SwIPE, Table 1 (2-D): discrete and implicit networks";
    }

    @Override
    public String claim() {
        return "SwIPE is above the best implicit rival by 6.7 and above the best discrete one by 2.5 percent points of"
                + " Dice, with 9 % of PraNet's parameters and 66 % of IOSNet's.";
    }

    @Override
    public ExperimentResult run(ExperimentContext<ImageSetManifest> given) {
        ImageStudy study = ImageStudy.of(given, name(), SwipePaper.RIVALS);
        ExperimentContext<ImageSetManifest> context = study.context();
        ResultWriter writer = new ResultWriter(context, this);
        List<ImageMethod> methods = new ArrayList<>();
        SwipePaper.RIVALS.forEach(rival -> methods.add(study.rival(rival)));
        methods.add(study.swipe());
        ImageView view = study.test(SwipePaper.DICE);
        ImageGallery gallery = new ImageGallery();
        long first = context.seeds().get(0);
        ImageOutcomes outcomes = new ImageTrials(context)
                .run(methods, List.of(view), method -> true, (method, seed, image, found) -> {
                    if (seed == first) {
                        gallery.add(method.name(), image, found);
                    }
                });
        ImageRows rows = new ImageRows(outcomes, methods, SwipePaper.table1());
        writer.table("", rows.table());
        writer.table("per-image", outcomes.perImage());
        List<String> groups = List.of(SwipePaper.DICE);
        writer.chart("", Charts.bars("Ours, " + context.manifest().name(), "", "Dice %", groups, rows.bars(groups)));
        writer.chart("paper", Charts.bars("The paper's, Kvasir-Sessile", "", "Dice %", groups, rows.paperBars(groups)));
        writer.picture("predictions", gallery.picture());
        writer.claim(dice(outcomes));
        writer.claim(parameters(methods));
        String numbers = "Dice in percent on unseen images, our mean ± sd over seeds beside the paper's. Parameters and"
                + " multiply-adds (the paper's FLOPs: one training image's forward pass) are counted, at the size of the"
                + " networks trained here. In `" + name() + "-predictions.png` (seed " + first
                + ", the first images by name) cyan is the truth, yellow the prediction.\n\n" + rows.markdown() + "\n"
                + costs();
        return writer.finish(numbers, study.origin(methods));
    }

    static Claim dice(ImageOutcomes outcomes) {
        AboveClaim claim = new AboveClaim("SwIPE's Dice is above those of all rivals");
        Spread own = outcomes.dice(SwipePaper.SWIPE, SwipePaper.DICE);
        SwipePaper.RIVALS.forEach(
                rival -> claim.above(SwipePaper.SWIPE, own, rival, outcomes.dice(rival, SwipePaper.DICE)));
        return claim.claim(outcomes.methods().stream().anyMatch(method -> !outcomes.isDegenerate(method)));
    }

    /** Of the networks that were trained, whatever their size. */
    private static Claim parameters(List<ImageMethod> methods) {
        Map<String, Long> counts = new LinkedHashMap<>();
        methods.forEach(method -> counts.put(method.name(), method.cost().parameters()));
        long own = counts.remove(SwipePaper.SWIPE);
        long right = counts.values().stream().filter(other -> own < other).count();
        List<String> clauses = new ArrayList<>();
        counts.forEach((name, other) ->
                clauses.add(String.format(Locale.ROOT, "%.0f %% of %s's %,d", 100.0 * own / other, name, other)));
        return new Claim(
                "SwIPE has fewer parameters than all rivals",
                Claim.Verdict.of(right, counts.size()),
                String.format(Locale.ROOT, "%,d: ", own) + String.join(", ", clauses));
    }

    /** What the paper's networks cost by the paper. */
    private static String costs() {
        List<List<String>> lines = new ArrayList<>();
        List<String> methods = new ArrayList<>(SwipePaper.RIVALS);
        methods.add(SwipePaper.SWIPE);
        for (String method : methods) {
            double[] printed = SwipePaper.cost(method);
            lines.add(List.of(
                    method,
                    String.format(Locale.ROOT, "%.1f M", printed[0]),
                    String.format(Locale.ROOT, "%.1f G", printed[1])));
        }
        return "The paper's networks, by the paper, at 384 x 384:\n\n"
                + Markdown.table(List.of("method", "parameters", "multiply-adds"), lines);
    }
}
