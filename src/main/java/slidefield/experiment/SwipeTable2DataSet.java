package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import slidefield.data.ImageSetManifest;
import slidefield.io.InputException;
import slidefield.notebook.Charts;

/** SwIPE, Table 2, middle: trained on one data set of polyps, scored on another. */
final class SwipeTable2DataSet implements ImageExperiment {
    @Override
    public String name() {
        return "swipe-table2-dataset";
    }

    @Override
    public String title() {
        return "SwIPE, Table 2 (middle): across data sets";
    }

    @Override
    public String claim() {
        return "on another data set (CVC-ClinicDB, all images) SwIPE is above PraNet and IOSNet, and IOSNet, which is point"
                + " by point, falls most.";
    }

    @Override
    public SecondSet second() {
        return SecondSet.UNSEEN;
    }

    @Override
    public ExperimentResult run(ExperimentContext<ImageSetManifest> given) {
        DataSet<ImageSetManifest> other = given.second()
                .orElseThrow(
                        () -> new InputException(name() + " scores on a second data set: give it with --unseen, such as"
                                + " --unseen data-manifests/image-sets/cvc-clinicdb.yaml"));
        ImageStudy study = ImageStudy.of(given, name(), SwipePaper.ROBUST_RIVALS);
        ExperimentContext<ImageSetManifest> context = study.context();
        ResultWriter writer = new ResultWriter(context, this);
        List<ImageMethod> methods = new ArrayList<>();
        SwipePaper.ROBUST_RIVALS.forEach(rival -> methods.add(study.rival(rival)));
        methods.add(study.swipe());
        List<ImageView> views =
                List.of(study.test(SwipePaper.SEEN_SET), ImageView.ofAll(other, SwipePaper.UNSEEN_SET, study.pixels()));
        ImageOutcomes outcomes = new ImageTrials(context).run(methods, views);
        ImageRows rows = new ImageRows(outcomes, methods, SwipePaper.dataSets());
        writer.table("", rows.table());
        writer.table("per-image", outcomes.perImage());
        List<String> groups = outcomes.views();
        String sets = context.manifest().name() + " to " + other.manifest().name();
        writer.chart("", Charts.bars("Ours, " + sets, "", "Dice %", groups, rows.bars(groups)));
        writer.chart(
                "paper",
                Charts.bars("The paper's, Kvasir-Sessile to CVC", "", "Dice %", groups, rows.paperBars(groups)));
        writer.claim(order(outcomes));
        writer.claim(fall(outcomes));
        String numbers = "Dice in percent, our mean ± sd over seeds beside the paper's. All networks are trained on `"
                + context.manifest().name() + "`; `" + other.manifest().name() + "` is only scored.\n\n"
                + rows.markdown();
        return writer.finish(numbers, study.origin(methods));
    }

    private static boolean decided(ImageOutcomes outcomes) {
        return outcomes.methods().stream().noneMatch(outcomes::isDegenerate);
    }

    private static Claim order(ImageOutcomes outcomes) {
        AboveClaim claim = new AboveClaim("on the other data set SwIPE is above PraNet, and PraNet above IOSNet");
        Spread swipe = outcomes.dice(SwipePaper.SWIPE, SwipePaper.UNSEEN_SET);
        Spread pranet = outcomes.dice(SwipePaper.PRANET, SwipePaper.UNSEEN_SET);
        Spread iosnet = outcomes.dice(SwipePaper.IOSNET, SwipePaper.UNSEEN_SET);
        return claim.above(SwipePaper.SWIPE, swipe, SwipePaper.PRANET, pranet)
                .above(SwipePaper.PRANET, pranet, SwipePaper.IOSNET, iosnet)
                .claim(decided(outcomes));
    }

    private static Claim fall(ImageOutcomes outcomes) {
        AboveClaim claim = new AboveClaim("IOSNet loses most by the change of data set");
        Spread own = loss(outcomes, SwipePaper.IOSNET);
        for (String other : List.of(SwipePaper.PRANET, SwipePaper.SWIPE)) {
            claim.above("loss of " + SwipePaper.IOSNET, own, "of " + other, loss(outcomes, other));
        }
        return claim.claim(decided(outcomes));
    }

    private static Spread loss(ImageOutcomes outcomes, String method) {
        double seen = outcomes.dice(method, SwipePaper.SEEN_SET).mean();
        return new Spread(seen - outcomes.dice(method, SwipePaper.UNSEEN_SET).mean(), Double.NaN);
    }
}
