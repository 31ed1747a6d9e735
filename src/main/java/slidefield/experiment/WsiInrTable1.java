package slidefield.experiment;

import java.util.List;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.notebook.Charts;
import slidefield.score.Resolution;

/** WSI-INR, Table 1: patch networks and the field across resolutions, all trained at Base. */
final class WsiInrTable1 implements SlideExperiment {
    @Override
    public String name() {
        return "wsi-inr-table1";
    }

    @Override
    public String title() {
        return "WSI-INR, Table 1: across resolutions";
    }

    @Override
    public String claim() {
        return "patch-based methods exhibit clear performance degradation across resolutions (-54.28 % and -36.18 % at"
                + " Base/4), WSI-INR with resolution-specific optimisation does not (+26.11 %).";
    }

    @Override
    public ExperimentResult run(ExperimentContext<Manifest> context) {
        context.changes().require(name(), true, Rivals.OPTIONS);
        Rivals rivals = Rivals.of(context);
        SlideData.require(context, Split.TEST);
        Runs runs = new Runs(context);
        ResultWriter writer = new ResultWriter(context, this);
        List<Resolution> resolutions = List.of(Resolution.values());
        Outcomes outcomes = new Trials(context, runs).outcomes(rivals.methods(context, runs), resolutions);
        DiceRows rows = new DiceRows(outcomes, PaperDice.TABLE_1);
        writer.table("", rows.table());
        writer.table("per-slide", outcomes.perSlide());
        List<String> groups = resolutions.stream().map(Resolution::label).toList();
        writer.chart("", Charts.bars("Ours, manifest " + context.manifest().name(), "", "Dice", groups, rows.bars()));
        writer.chart("paper", Charts.bars("The paper's, CAMELYON16", "", "Dice", groups, rows.paperBars()));
        writer.claim(CrossResolutionClaim.of(outcomes, PaperDice.PATCH_METHODS, PaperDice.SPECIFIC_OPT));
        String numbers =
                "Lesion Dice, our mean ± sd over seeds beside the paper's (change relative to Base). All methods are"
                        + " trained at Base and applied to each resolution.\n\n" + rows.markdown();
        return writer.finish(
                numbers,
                SlideOrigin.of(
                        context,
                        "CAMELYON16's 22 test slides with macro-metastases",
                        "camelyon16-macro",
                        List.of(Split.TEST),
                        rivals.texts()));
    }
}
