package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slidefield.data.ImageSetManifest;
import slidefield.notebook.Charts;

/** SwIPE, Table 2, right: backbones of other depths and widths, and fewer annotated images. */
final class SwipeEfficiency implements ImageExperiment {
    private static final List<String> NETWORKS = List.of(SwipePaper.SWIPE, SwipePaper.PRANET, SwipePaper.IOSNET);

    @Override
    public String name() {
        return "swipe-efficiency";
    }

    @Override
    public String title() {
        return "SwIPE, Table 2 (right): model and data efficiency";
    }

    @Override
    public String claim() {
        return "SwIPE is above PraNet and IOSNet with all sizes of the backbone and all amounts of annotations, and drops"
                + " more slowly as they become fewer.";
    }

    /** One below the paper's size: it trains every network eleven times. */
    @Override
    public int seeds(Size size) {
        return size == Size.PAPER ? size.seeds() : 1;
    }

    @Override
    public ExperimentResult run(ExperimentContext<ImageSetManifest> given) {
        ImageStudy study = ImageStudy.of(given, name(), SwipePaper.ROBUST_RIVALS);
        ExperimentContext<ImageSetManifest> context = study.context();
        ResultWriter writer = new ResultWriter(context, this);
        Map<EfficiencyAxis, Map<String, List<ImageMethod>>> axes = new LinkedHashMap<>();
        List<ImageMethod> methods = new ArrayList<>();
        PaperNumbers paper = new PaperNumbers();
        for (EfficiencyAxis axis : EfficiencyAxis.all()) {
            Map<String, List<ImageMethod>> rows = new LinkedHashMap<>();
            for (String network : NETWORKS) {
                rows.put(network, axis.rows(study, network));
                methods.addAll(rows.get(network));
                for (int i = 0; i < axis.points().size(); i++) {
                    paper.number(
                            rows.get(network).get(i).name(),
                            SwipePaper.DICE,
                            axis.paper().get(network).get(i));
                }
            }
            axes.put(axis, rows);
        }
        ImageOutcomes outcomes = new ImageTrials(context).run(methods, List.of(study.test(SwipePaper.DICE)));
        ImageRows rows = new ImageRows(outcomes, methods, paper);
        writer.table("", rows.table());
        writer.table("per-image", outcomes.perImage());
        axes.forEach((axis, networks) -> {
            String part = axis.kind() == EfficiencyAxis.Kind.ANNOTATION ? "" : axis.word();
            Map<String, double[][]> ours = new LinkedHashMap<>();
            Map<String, double[][]> printed = new LinkedHashMap<>();
            networks.forEach((network, each) -> {
                ours.put(network, axis.curve(dice(outcomes, each)));
                printed.put(network, axis.curve(axis.paper().get(network)));
            });
            String set = context.manifest().name();
            writer.chart(part, Charts.lines("Ours, " + set, axis.label(), "Dice %", ours));
            writer.chart(
                    axis.word() + "-paper",
                    Charts.lines("The paper's, Kvasir-Sessile", axis.label(), "Dice %", printed));
            writer.claim(above(axis, networks, outcomes));
            if (part.isEmpty()) {
                writer.claim(tapered(networks, outcomes));
            }
        });
        String numbers =
                "Dice in percent on unseen images, our mean ± sd over seeds beside the paper's, which are read off"
                        + " charts. Widths are named by the paper's backbones; ours are scaled in the same proportions.\n\n"
                        + rows.markdown();
        return writer.finish(numbers, study.origin(methods));
    }

    private static List<Double> dice(ImageOutcomes outcomes, List<ImageMethod> rows) {
        return rows.stream()
                .map(row -> outcomes.dice(row.name(), SwipePaper.DICE).mean())
                .toList();
    }

    private static boolean decided(ImageOutcomes outcomes) {
        return outcomes.methods().stream().anyMatch(method -> !outcomes.isDegenerate(method));
    }

    private static Claim above(EfficiencyAxis axis, Map<String, List<ImageMethod>> networks, ImageOutcomes outcomes) {
        AboveClaim claim = new AboveClaim("SwIPE is above PraNet and IOSNet at every " + axis.word());
        List<ImageMethod> own = networks.get(SwipePaper.SWIPE);
        for (String rival : SwipePaper.ROBUST_RIVALS) {
            for (int i = 0; i < own.size(); i++) {
                String mine = own.get(i).name();
                String other = networks.get(rival).get(i).name();
                claim.above(mine, outcomes.dice(mine, SwipePaper.DICE), other, outcomes.dice(other, SwipePaper.DICE));
            }
        }
        return claim.claim(decided(outcomes));
    }

    private static Claim tapered(Map<String, List<ImageMethod>> networks, ImageOutcomes outcomes) {
        AboveClaim claim = new AboveClaim("SwIPE loses least from all annotations to the fewest");
        Spread own = loss(networks.get(SwipePaper.SWIPE), outcomes);
        for (String rival : SwipePaper.ROBUST_RIVALS) {
            claim.above("loss of " + rival, loss(networks.get(rival), outcomes), "of " + SwipePaper.SWIPE, own);
        }
        return claim.claim(decided(outcomes));
    }

    private static Spread loss(List<ImageMethod> rows, ImageOutcomes outcomes) {
        List<Double> dice = dice(outcomes, rows);
        return new Spread(dice.get(dice.size() - 1) - dice.get(0), Double.NaN);
    }
}
