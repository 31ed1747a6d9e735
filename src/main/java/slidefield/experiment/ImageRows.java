package slidefield.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slidefield.swipe.NetworkCost;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A table of Dice in percent by network and column with the paper's numbers beside ours, what each network costs, and
 * what calling everything or nothing foreground would score on our images.
 */
final class ImageRows {
    private static final Spread NONE = new Spread(Double.NaN, Double.NaN);

    private final ImageOutcomes outcomes;
    private final PaperNumbers paper;
    private final Map<String, NetworkCost> costs = new LinkedHashMap<>();

    /**
     * @param outcomes ours
     * @param methods the rows, whose costs are counted
     * @param paper the paper's numbers, by the same names
     */
    ImageRows(ImageOutcomes outcomes, List<ImageMethod> methods, PaperNumbers paper) {
        this.outcomes = outcomes;
        this.paper = paper;
        methods.forEach(method -> costs.put(method.name(), method.cost()));
    }

    /** What answers without a look at the image score, by name and column. */
    private Map<String, Map<String, Double>> references() {
        Map<String, Map<String, Double>> references = new LinkedHashMap<>();
        references.put(ImageOutcomes.ALL_FOREGROUND, outcomes.allForeground());
        references.put(ImageOutcomes.ALL_BACKGROUND, outcomes.allBackground());
        return references;
    }

    /**
     * One row per network: parameters, multiply-adds; per column seeds, images, mean and standard deviation over the seeds
     * and the paper's; and a note that names answers without segmentation. Cells are empty where there is no number.
     */
    Table table() {
        StringColumn methods = StringColumn.create("method");
        IntColumn seeds = IntColumn.create("seeds");
        LongColumn parameters = LongColumn.create("parameters");
        LongColumn products = LongColumn.create("multiply-adds");
        LongColumn done = LongColumn.create("multiply-adds here");
        Map<String, DoubleColumn> numbers = new LinkedHashMap<>();
        StringColumn notes = StringColumn.create("note");
        for (String method : outcomes.methods()) {
            NetworkCost cost = costs.get(method);
            methods.append(method);
            seeds.append(outcomes.seeds());
            parameters.append(cost.parameters());
            products.append(cost.multiplyAdds());
            done.append(cost.done());
            for (String view : outcomes.views()) {
                append(numbers, view, outcomes.dice(method, view), paper.of(method, view));
            }
            notes.append(outcomes.note(method));
        }
        references().forEach((reference, dice) -> {
            methods.append(reference);
            seeds.append(outcomes.seeds());
            parameters.appendMissing();
            products.appendMissing();
            done.appendMissing();
            for (String view : outcomes.views()) {
                append(numbers, view, new Spread(dice.get(view), Double.NaN), NONE);
            }
            notes.append("reference");
        });
        Table table = Table.create("Dice in percent, mean over seeds", methods, seeds, parameters, products, done);
        numbers.values().forEach(table::addColumns);
        return table.addColumns(notes);
    }

    private void append(Map<String, DoubleColumn> columns, String view, Spread own, Spread printed) {
        NumberColumns.put(columns, view + " n", outcomes.images(view));
        NumberColumns.put(columns, view, own.mean());
        NumberColumns.put(columns, view + " sd", own.deviation());
        NumberColumns.put(columns, view + " paper", printed.mean());
        NumberColumns.put(columns, view + " paper sd", printed.deviation());
    }

    /** The same for people: {@code 78.37 ± 0.76}, ours and the paper's columns in turn. */
    String markdown() {
        List<String> header = new ArrayList<>(List.of("method", "parameters", "multiply-adds"));
        for (String view : outcomes.views()) {
            header.add(view);
            header.add("paper");
        }
        header.add("note");
        List<List<String>> rows = new ArrayList<>();
        for (String method : outcomes.methods()) {
            NetworkCost cost = costs.get(method);
            List<String> row = new ArrayList<>(
                    List.of(method, scaled(cost.parameters(), 1e6, "M"), scaled(cost.multiplyAdds(), 1e9, "G")));
            for (String view : outcomes.views()) {
                row.add(outcomes.dice(method, view).text("%.2f"));
                row.add(paper.of(method, view).text("%.2f"));
            }
            row.add(outcomes.note(method));
            rows.add(row);
        }
        references().forEach((reference, dice) -> {
            List<String> row = new ArrayList<>(List.of("*" + reference + "*", "–", "–"));
            for (String view : outcomes.views()) {
                row.add(String.format(Locale.ROOT, "%.2f", dice.get(view)));
                row.add("–");
            }
            row.add("reference");
            rows.add(row);
        });
        return Markdown.table(header, rows);
    }

    static String scaled(long number, double unit, String name) {
        return String.format(Locale.ROOT, "%.2f %s", number / unit, name);
    }

    /** Bars of our means, one group per given column; rows without a number in one of them are left out. */
    Map<String, double[]> bars(List<String> views) {
        return bars(views, outcomes::dice);
    }

    /** Bars of the paper's, as {@link #bars}. */
    Map<String, double[]> paperBars(List<String> views) {
        return bars(views, paper::of);
    }

    private interface Numbers {
        Spread of(String method, String view);
    }

    private Map<String, double[]> bars(List<String> views, Numbers numbers) {
        Map<String, double[]> bars = new LinkedHashMap<>();
        for (String method : outcomes.methods()) {
            double[] each = views.stream()
                    .mapToDouble(view -> rounded(numbers.of(method, view).mean()))
                    .toArray();
            if (Arrays.stream(each).noneMatch(Double::isNaN)) {
                bars.put(method, each);
            }
        }
        return bars;
    }

    /** To as many decimals as fit above a bar. */
    private static double rounded(double dice) {
        return Double.isNaN(dice) ? dice : Math.round(10 * dice) / 10.0;
    }
}
