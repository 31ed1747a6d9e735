package slidefield.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slidefield.data.Manifest;
import slidefield.data.Split;
import slidefield.notebook.Charts;
import slidefield.score.Resolution;
import slidefield.score.Roc;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** MRN, Figure 3: pixel ROC curves of U-Nets of one pixel size each and of multi-resolution U-Nets. */
final class MrnRoc implements SlideExperiment {
    private static final String CONSTANT = "one answer for all tissue";

    @Override
    public String name() {
        return "mrn-roc";
    }

    @Override
    public String title() {
        return "MRN, Figure 3: ROC curves on validation and test slides";
    }

    @Override
    public String claim() {
        return "on validation slides the results are rather identical, MRN-transposed marginally better; on test slides"
                + " U-Net's performance decreases as the pixel size grows, and both multi-resolution networks outperform the"
                + " U-Nets, MRN-transposed most. (Curves only: the paper prints no areas.)";
    }

    @Override
    public ExperimentResult run(ExperimentContext<Manifest> given) {
        MrnSetup setup = MrnSetup.of(given, name());
        ExperimentContext<Manifest> context = setup.context();
        SlideData.require(context, Split.VALIDATION, Split.TEST);
        Runs runs = new Runs(context);
        ResultWriter writer = new ResultWriter(context, this);
        List<Method> methods = setup.methods(runs);
        Map<Split, RocRows> rows = new EnumMap<>(Split.class);
        for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
            RocRows curves = new RocRows();
            new Trials(context, runs)
                    .run(methods, split, List.of(Resolution.BASE), (method, seed, plane, resolution, answer) -> {
                        TissuePixels tissue = TissuePixels.of(plane);
                        curves.of(method.name(), seed)
                                .add(
                                        tissue.of(answer.prediction().probabilities()),
                                        tissue.of(plane.mask(0, 0, plane.width(), plane.height())));
                    });
            rows.put(split, curves);
        }
        writer.table("", areas(rows));
        writer.table("curves", curves(rows));
        rows.forEach((split, each) -> draw(
                writer,
                split,
                "Pixel ROC, " + split.word() + " slides of "
                        + context.manifest().name(),
                each.curves()));
        MrnClaims.of(
                        setup.unets(),
                        rows.get(Split.VALIDATION).meanAreas(),
                        rows.get(Split.TEST).meanAreas())
                .forEach(writer::claim);
        return writer.finish(text(rows), setup.origin(List.of(Split.VALIDATION, Split.TEST)));
    }

    private static void draw(ResultWriter writer, Split split, String title, Map<String, double[][]> curves) {
        if (!curves.isEmpty()) {
            writer.chart(
                    split == Split.TEST ? "" : split.word(),
                    Charts.lines(title, "false positive rate", "true positive rate", curves));
        }
    }

    /** One row per split and method. */
    private static Table areas(Map<Split, RocRows> rows) {
        StringColumn splits = StringColumn.create("split");
        StringColumn methods = StringColumn.create("method");
        IntColumn seeds = IntColumn.create("seeds");
        DoubleColumn areas = DoubleColumn.create("AUC");
        DoubleColumn deviations = DoubleColumn.create("AUC sd");
        StringColumn notes = StringColumn.create("note");
        rows.forEach((split, each) -> each.methods().forEach(method -> {
            Spread spread = Spread.of(each.areas(method));
            splits.append(split.word());
            methods.append(method);
            seeds.append(each.areas(method).length);
            areas.append(spread.mean());
            deviations.append(spread.deviation());
            notes.append(each.isConstant(method) ? CONSTANT : "");
        }));
        return Table.create("Area under the ROC curve", splits, methods, seeds, areas, deviations, notes);
    }

    /** The curves point by point. */
    private static Table curves(Map<Split, RocRows> rows) {
        StringColumn splits = StringColumn.create("split");
        StringColumn methods = StringColumn.create("method");
        DoubleColumn falsePositives = DoubleColumn.create("false positive rate");
        DoubleColumn truePositives = DoubleColumn.create("true positive rate");
        rows.forEach((split, each) -> each.curves().forEach((method, curve) -> {
            for (int i = 0; i < curve[0].length; i++) {
                splits.append(split.word());
                methods.append(method);
                falsePositives.append(curve[0][i]);
                truePositives.append(curve[1][i]);
            }
        }));
        return Table.create("ROC, mean over seeds", splits, methods, falsePositives, truePositives);
    }

    private static String text(Map<Split, RocRows> rows) {
        List<List<String>> lines = new ArrayList<>();
        for (String method : rows.get(Split.TEST).methods()) {
            List<String> line = new ArrayList<>(List.of(method));
            rows.values().forEach(each -> line.add(Spread.of(each.areas(method)).text("%.4f")));
            line.add("–");
            line.add(rows.values().stream().allMatch(each -> each.isConstant(method)) ? CONSTANT : "");
            lines.add(line);
        }
        List<String> header = new ArrayList<>(List.of("AUC"));
        rows.keySet().forEach(split -> header.add(split.word()));
        header.add("paper");
        header.add("note");
        return "Area under the pixel ROC curve at Base, mean ± sd over seeds; bare glass, which every method answers with"
                + " background, is left out, so that chance is 0.5. Maps of coarser pixels are magnified to Base. The paper"
                + " shows curves without their areas.\n\n" + Markdown.table(header, lines);
    }

    /** The curves of all methods and seeds on one split. */
    static final class RocRows {
        private final Map<String, Map<Long, Roc>> rows = new LinkedHashMap<>();

        Roc of(String method, long seed) {
            return rows.computeIfAbsent(method, name -> new LinkedHashMap<>()).computeIfAbsent(seed, s -> new Roc());
        }

        List<String> methods() {
            return List.copyOf(rows.keySet());
        }

        /** One area per seed. */
        double[] areas(String method) {
            return rows.get(method).values().stream().mapToDouble(Roc::auc).toArray();
        }

        /** Whether all seeds' curves are the diagonal: what one probability for every pixel gives. */
        boolean isConstant(String method) {
            return Arrays.stream(areas(method)).allMatch(area -> Math.abs(area - 0.5) < 1e-9);
        }

        Map<String, Double> meanAreas() {
            Map<String, Double> means = new LinkedHashMap<>();
            rows.keySet()
                    .forEach(
                            method -> means.put(method, Spread.of(areas(method)).mean()));
            return means;
        }

        /**
         * The mean over the seeds of the true positive rate at every false positive rate; none where the slides hold one
         * class only.
         */
        Map<String, double[][]> curves() {
            Map<String, double[][]> curves = new LinkedHashMap<>();
            rows.forEach((method, bySeed) -> {
                if (Double.isFinite(Spread.of(areas(method)).mean())) {
                    curves.put(
                            method,
                            RocMean.of(bySeed.values().stream().map(Roc::curve).toList()));
                }
            });
            return curves;
        }
    }
}
