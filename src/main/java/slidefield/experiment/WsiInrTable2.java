package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.field.FieldOptions.EncodingKind;
import slidefield.fit.Optimisation;
import slidefield.fit.Settings;
import slidefield.notebook.Charts;
import slidefield.score.Resolution;

/** WSI-INR, Table 2: the field without encoding, with NeRF's frequency encoding, and with the hash grid. */
final class WsiInrTable2 implements SlideExperiment {
    @Override
    public String name() {
        return "wsi-inr-table2";
    }

    @Override
    public String title() {
        return "WSI-INR, Table 2: encodings";
    }

    @Override
    public String claim() {
        return "without any encoding, or with a fixed one like NeRF's, the field struggles with the heterogeneity of slides:"
                + " poor reconstruction and segmentation. (Its rows of 0.0000 and of 0.0901 at all resolutions are what"
                + " calling nothing, and everything, a lesion scores.)";
    }

    @Override
    public ExperimentResult run(ExperimentContext<Manifest> context) {
        context.changes().require(name(), true, Set.of());
        Settings settings = context.changes().on(FieldSizes.ofEncodings(context.size()));
        SlideData.require(context, Split.TEST);
        Runs runs = new Runs(context);
        ResultWriter writer = new ResultWriter(context, this);
        List<Resolution> resolutions = List.of(Resolution.values());
        Outcomes outcomes = new Trials(context, runs).outcomes(methods(context, runs, settings), resolutions);
        DiceRows rows = new DiceRows(outcomes, PaperDice.TABLE_2);
        writer.table("", rows.table());
        writer.table("per-slide", outcomes.perSlide());
        writer.chart(
                "",
                Charts.bars(
                        "Dice by encoding, manifest " + context.manifest().name(),
                        "",
                        "Dice",
                        resolutions.stream().map(Resolution::label).toList(),
                        rows.bars()));
        writer.claim(EncodingClaim.of(
                outcomes.meanDice(PaperDice.NO_ENCODING),
                outcomes.meanDice(PaperDice.NERF),
                outcomes.meanDice(PaperDice.HASH_GRID)));
        String numbers =
                "Lesion Dice, our mean over seeds beside the paper's (change relative to Base); the unseen slide"
                        + " is fitted at Base.\n\n" + rows.markdown() + "\n" + painted(outcomes);
        return writer.finish(
                numbers,
                SlideOrigin.of(
                        context,
                        "CAMELYON16's 22 test slides with macro-metastases",
                        "camelyon16-macro",
                        List.of(Split.TEST),
                        List.of(FieldSizes.text(settings))));
    }

    private static List<Method> methods(ExperimentContext<Manifest> context, Runs runs, Settings settings) {
        Map<String, EncodingKind> kinds = new LinkedHashMap<>();
        kinds.put(PaperDice.NO_ENCODING, EncodingKind.RAW);
        kinds.put(PaperDice.NERF, EncodingKind.FREQUENCY);
        kinds.put(PaperDice.HASH_GRID, EncodingKind.HASH_GRID);
        FieldRuns fields = new FieldRuns(context, runs);
        List<Method> methods = new ArrayList<>();
        kinds.forEach((name, kind) -> methods.add(new FieldMethod(
                name,
                "encoding-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                fields,
                settings.with("field.encoding", kind.name()),
                Optimisation.BASE,
                context.listener())));
        return methods;
    }

    /** How well each encoding paints the unseen slides, which the paper names as the cause. */
    private static String painted(Outcomes outcomes) {
        List<List<String>> rows = new ArrayList<>();
        for (String method : outcomes.methods()) {
            List<String> row = new ArrayList<>(List.of(method));
            for (Resolution resolution : outcomes.resolutions()) {
                row.add(Spread.of(outcomes.psnr(method, resolution)).text("%.2f"));
            }
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("encoding"));
        outcomes.resolutions().forEach(resolution -> header.add(resolution.label()));
        return "PSNR of the painted unseen slides in dB (the paper prints none):\n\n" + Markdown.table(header, rows);
    }
}
