package slidefield.experiment;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import slidefield.data.Manifest;
import slidefield.nic.SlideTask;
import slidefield.notebook.Charts;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Neural Image Compression, Table 2 and Figure 8: which slides hold a metastasis, by encoder. */
final class NicTable2 implements NicSlideExperiment {
    private static final String FORMAT = "%.3f";
    private static final int BINS = 4;

    @Override
    public String name() {
        return "nic-table2";
    }

    @Override
    public String title() {
        return "Neural Image Compression, Table 2: metastases from image-level labels";
    }

    @Override
    public String claim() {
        return "on all slides BiGAN is the best unsupervised encoder (AUC 0.725, supervised 0.760), contrastive and VAE surpass"
                + " mean-RGB; on macro-metastases the supervised encoder's lead over BiGAN is larger than on the test set;"
                + " small lesions are harder (Figure 8).";
    }

    @Override
    public ExperimentResult run(ExperimentContext<Manifest> given) {
        NicStudy study = NicStudy.of(given, name(), SlideTask.BINARY);
        ExperimentContext<Manifest> context = study.context();
        // The labels have to be those of the sets before anything is trained.
        study.folded().slides().forEach(NicSet.MACRO::positive);
        ResultWriter writer = new ResultWriter(context, this);
        SlideOutcomes outcomes = study.heldOut();
        PaperNumbers paper = NicPaper.table2();
        writer.table("", outcomes.aucTable(paper));
        writer.table("per-slide", outcomes.perSlide());
        writer.chart("", bars("Ours, " + context.manifest().name(), outcomes.encoders(), outcomes::auc));
        writer.chart("paper", bars("The paper's, CAMELYON16", NicEncoders.ALL, paper::of));
        NicClaims.metastases(outcomes::auc).forEach(writer::claim);
        Map<String, LesionSizeCurve> curves = curves(study, outcomes);
        if (!curves.isEmpty()) {
            writer.table("lesion-size", sizes(curves));
            writer.chart("lesion-size", chart(curves));
            writer.claim(NicClaims.lesionSizes(
                    curves,
                    outcomes.encoders().stream()
                            .map(encoder -> outcomes.auc(encoder, NicPaper.ALL))
                            .toList()));
        }
        return writer.finish(
                text(outcomes, paper),
                study.origin("340 of CAMELYON16, and 60 others for the encoders", "camelyon16-nic"));
    }

    private static CategoryChart bars(String title, List<String> encoders, BiFunction<String, String, Spread> area) {
        List<String> sets = List.of(NicPaper.ALL, NicPaper.TEST, NicPaper.MACRO);
        Map<String, double[]> series = new LinkedHashMap<>();
        for (String encoder : encoders) {
            series.put(
                    encoder,
                    NicStudy.bars(sets.stream()
                            .mapToDouble(set -> area.apply(encoder, set).mean())
                            .toArray()));
        }
        return Charts.bars(title, "", "area under the ROC curve", sets, series);
    }

    private static Map<String, LesionSizeCurve> curves(NicStudy study, SlideOutcomes outcomes) {
        Map<String, Double> areas = LesionAreas.of(study.context(), study.folded());
        Map<String, LesionSizeCurve> curves = new LinkedHashMap<>();
        boolean any = study.folded().slides().stream()
                .anyMatch(slide -> NicSet.ALL.positive(slide) && areas.containsKey(slide.name()));
        if (any) {
            outcomes.encoders()
                    .forEach(encoder -> curves.put(
                            encoder,
                            LesionSizeCurve.of(study.folded(), outcomes.mean(encoder), NicSet.ALL, areas, BINS)));
        }
        return curves;
    }

    private static Table sizes(Map<String, LesionSizeCurve> curves) {
        StringColumn encoders = StringColumn.create("encoder");
        DoubleColumn from = DoubleColumn.create("radius_from_mm");
        DoubleColumn to = DoubleColumn.create("radius_to_mm");
        IntColumn counts = IntColumn.create("slides");
        DoubleColumn means = DoubleColumn.create("mean_probability");
        DoubleColumn negatives = DoubleColumn.create("of_negative_slides");
        curves.forEach((encoder, curve) -> {
            Binned bins = curve.positive();
            for (int bin = 0; bin < bins.counts().length; bin++) {
                encoders.append(encoder);
                from.append(bins.edges()[bin]);
                to.append(bins.edges()[bin + 1]);
                counts.append(bins.counts()[bin]);
                means.append(bins.means()[bin]);
                negatives.append(curve.negative());
            }
        });
        return Table.create("lesion size", encoders, from, to, counts, means, negatives);
    }

    /** Solid: positive slides by lesion size; dashed in the same colour: negative ones. */
    private static XYChart chart(Map<String, LesionSizeCurve> curves) {
        Map<String, double[][]> lines = new LinkedHashMap<>();
        curves.forEach((encoder, curve) -> {
            double[] edges = curve.positive().edges();
            double[] middles = new double[edges.length - 1];
            for (int i = 0; i < middles.length; i++) {
                middles[i] = (edges[i] + edges[i + 1]) / 2;
            }
            lines.put(encoder, new double[][] {middles, curve.positive().means()});
        });
        XYChart chart = Charts.lines(
                "Mean probability by lesion size; dashed: slides without",
                "radius of the lesions' area, mm",
                "",
                lines);
        Color[] colours = chart.getStyler().getSeriesColors();
        int at = 0;
        for (Map.Entry<String, LesionSizeCurve> each : curves.entrySet()) {
            double[] edges = each.getValue().positive().edges();
            double negative = each.getValue().negative();
            if (Double.isFinite(negative)) {
                var dashed = chart.addSeries(
                        each.getKey() + ", negative",
                        new double[] {edges[0], edges[edges.length - 1]},
                        new double[] {negative, negative});
                dashed.setLineStyle(SeriesLines.DASH_DASH);
                dashed.setMarker(SeriesMarkers.NONE);
                dashed.setLineColor(colours[at % colours.length]);
                dashed.setShowInLegend(false);
            }
            at++;
        }
        return chart;
    }

    private static String text(SlideOutcomes outcomes, PaperNumbers paper) {
        List<List<String>> rows = new ArrayList<>();
        for (String encoder : outcomes.encoders()) {
            List<String> row = new ArrayList<>(List.of(encoder));
            for (NicSet set : NicSet.values()) {
                row.add(outcomes.auc(encoder, set).text(FORMAT));
                if (set != NicSet.MACRO_WITHOUT_MICRO) {
                    row.add(paper.of(encoder, set.title()).text(FORMAT));
                }
            }
            rows.add(row);
        }
        return "Area under the ROC curve of held-out slides, our mean ± sd over initialisations beside the paper's. All:"
                + " every slide, each predicted in the round that held it out; Test: those of the split test; Macro: the same"
                + " with macro-metastases alone as positive, so that slides with nothing but micro-metastases are negative;"
                + " the last column leaves those out.\n\n"
                + Markdown.table(
                        List.of(
                                "encoder",
                                "All",
                                "paper",
                                "Test",
                                "paper",
                                "Macro",
                                "paper",
                                NicSet.MACRO_WITHOUT_MICRO.title()),
                        rows);
    }
}
