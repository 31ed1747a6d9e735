package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slidefield.score.DiceTable;
import slidefield.score.Resolution;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A table of Dice by method and resolution with the paper's numbers beside ours, and what calling everything or nothing
 * a lesion would score on our slides.
 */
final class DiceRows {
    private final Outcomes outcomes;
    private final List<PaperDice> paper;

    /**
     * @param outcomes ours
     * @param paper the paper's rows, by the same names
     */
    DiceRows(Outcomes outcomes, List<PaperDice> paper) {
        this.outcomes = outcomes;
        this.paper = paper;
    }

    /**
     * One row per method: seeds and slides; per resolution mean and standard deviation over the seeds, the mean's change
     * relative to Base as a fraction, the paper's Dice and change; and a note that names answers without segmentation.
     * Cells are empty where there is no number.
     */
    Table table() {
        StringColumn methods = StringColumn.create("method");
        IntColumn seeds = IntColumn.create("seeds");
        IntColumn slides = IntColumn.create("slides");
        Map<String, DoubleColumn> numbers = new LinkedHashMap<>();
        StringColumn notes = StringColumn.create("note");
        for (String method : outcomes.methods()) {
            methods.append(method);
            seeds.append(outcomes.seeds().size());
            slides.append(outcomes.slides().size());
            Map<Resolution, Double> means = outcomes.meanDice(method);
            for (Resolution resolution : outcomes.resolutions()) {
                double deviation = Spread.of(outcomes.dice(method, resolution)).deviation();
                append(numbers, resolution, means, deviation, PaperDice.of(paper, method));
            }
            notes.append(outcomes.note(method));
        }
        references().forEach((name, dice) -> {
            methods.append(name);
            seeds.append(outcomes.seeds().size());
            slides.append(outcomes.slides().size());
            for (Resolution resolution : outcomes.resolutions()) {
                append(numbers, resolution, dice, Double.NaN, Map.of());
            }
            notes.append("reference");
        });
        Table table = Table.create("Dice, mean over seeds", methods, seeds, slides);
        numbers.values().forEach(table::addColumns);
        return table.addColumns(notes);
    }

    private Map<String, Map<Resolution, Double>> references() {
        Map<String, Map<Resolution, Double>> references = new LinkedHashMap<>();
        references.put(DiceTable.ALL_LESION, outcomes.reference(o -> o.counts().allLesion()));
        references.put("all tissue", outcomes.reference(Outcome::allTissue));
        references.put(
                DiceTable.ALL_BACKGROUND, outcomes.reference(o -> o.counts().allBackground()));
        return references;
    }

    private static void append(
            Map<String, DoubleColumn> columns,
            Resolution resolution,
            Map<Resolution, Double> dice,
            double deviation,
            Map<Resolution, Double> paper) {
        String label = resolution.label();
        NumberColumns.put(columns, label, dice.get(resolution));
        NumberColumns.put(columns, label + " sd", deviation);
        if (resolution != Resolution.BASE) {
            NumberColumns.put(columns, label + " change", CrossResolutionClaim.change(dice, resolution));
        }
        NumberColumns.put(columns, label + " paper", paper.getOrDefault(resolution, Double.NaN));
        if (resolution != Resolution.BASE) {
            double change = paper.isEmpty() ? Double.NaN : CrossResolutionClaim.change(paper, resolution);
            NumberColumns.put(columns, label + " paper change", change);
        }
    }

    /** The same for people: {@code 0.2417 ± 0.0312 (-31.15%)}, ours and the paper's columns in turn. */
    String markdown() {
        List<String> header = new ArrayList<>(List.of("method"));
        for (Resolution resolution : outcomes.resolutions()) {
            header.add(resolution.label());
            header.add("paper");
        }
        header.add("note");
        List<List<String>> rows = new ArrayList<>();
        for (String method : outcomes.methods()) {
            List<String> row = new ArrayList<>(List.of(method));
            Map<Resolution, Double> means = outcomes.meanDice(method);
            Map<Resolution, Double> printed = PaperDice.of(paper, method);
            for (Resolution resolution : outcomes.resolutions()) {
                String own = Spread.of(outcomes.dice(method, resolution)).text("%.4f");
                row.add(own + change(means, resolution));
                row.add(printed.isEmpty() ? "–" : four(printed.get(resolution)) + change(printed, resolution));
            }
            row.add(outcomes.note(method));
            rows.add(row);
        }
        references().forEach((name, dice) -> {
            List<String> row = new ArrayList<>(List.of("*" + name + "*"));
            outcomes.resolutions().forEach(resolution -> row.addAll(List.of(four(dice.get(resolution)), "–")));
            row.add("reference");
            rows.add(row);
        });
        return Markdown.table(header, rows);
    }

    private static String four(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String change(Map<Resolution, Double> dice, Resolution resolution) {
        double change = CrossResolutionClaim.change(dice, resolution);
        return resolution == Resolution.BASE || Double.isNaN(change)
                ? ""
                : String.format(Locale.ROOT, " (%+.2f%%)", 100 * change);
    }

    /** Bars of our means, one group per resolution. */
    Map<String, double[]> bars() {
        Map<String, double[]> bars = new LinkedHashMap<>();
        for (String method : outcomes.methods()) {
            bars.put(
                    method,
                    outcomes.meanDice(method).values().stream()
                            .mapToDouble(DiceRows::rounded)
                            .toArray());
        }
        return bars;
    }

    /** Bars of the paper's, in our methods' order. */
    Map<String, double[]> paperBars() {
        Map<String, double[]> bars = new LinkedHashMap<>();
        for (String method : outcomes.methods()) {
            Map<Resolution, Double> printed = PaperDice.of(paper, method);
            if (!printed.isEmpty()) {
                bars.put(
                        method,
                        outcomes.resolutions().stream()
                                .mapToDouble(resolution -> rounded(printed.get(resolution)))
                                .toArray());
            }
        }
        return bars;
    }

    /** To as many decimals as fit above a bar. */
    private static double rounded(double dice) {
        return Math.round(1000 * dice) / 1000.0;
    }
}
