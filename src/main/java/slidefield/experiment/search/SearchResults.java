package slidefield.experiment.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.internal.chartpart.Chart;
import slidefield.data.Split;
import slidefield.io.InputException;
import slidefield.notebook.Charts;
import slidefield.score.CsvFile;
import slidefield.score.Resolution;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * What a search has come to so far.
 *
 * @param keys the options that were searched
 * @param scored the split that was scored
 * @param done trials with their results, in the search's order
 */
public record SearchResults(List<SearchKey> keys, Split scored, List<Done> done) {
    /** A trial with its result. */
    public record Done(Trial trial, TrialResult result) {}

    public SearchResults {
        keys = List.copyOf(keys);
        done = List.copyOf(done);
    }

    /** The trial with the highest Dice at Base; empty where none succeeded. */
    public Optional<Done> best() {
        return done.stream().filter(d -> d.result().succeeded()).max(Comparator.comparingDouble(d -> d.result()
                .dice(Resolution.BASE)));
    }

    /** The trials that failed. */
    public List<Done> failed() {
        return done.stream().filter(d -> !d.result().succeeded()).toList();
    }

    /** What the scores are good for, in a sentence. */
    public String caution() {
        return scored == Split.VALIDATION
                ? "Scored on the validation split; the test split was not touched."
                : "Scored on the " + scored.word()
                        + " split (no validation split was used): the best of several trials is"
                        + " chosen by looking at these very slides, so its Dice is no test result.";
    }

    /**
     * One row per trial: its number, a column per option (numbers where all of its values are), mean Dice at each
     * resolution, PSNR in dB at Base, seconds, and a note. Missing scores are empty.
     */
    public Table table() {
        Table table = Table.create(
                "Search, scored on " + scored.word(),
                IntColumn.create(
                        "trial", done.stream().mapToInt(d -> d.trial().number()).toArray()));
        for (SearchKey key : keys) {
            table.addColumns(column(key.key()));
        }
        for (Resolution resolution : Resolution.values()) {
            table.addColumns(DoubleColumn.create(
                    "Dice " + resolution.label(),
                    done.stream().mapToDouble(d -> d.result().dice(resolution)).toArray()));
        }
        return table.addColumns(
                DoubleColumn.create(
                        "PSNR dB",
                        done.stream()
                                .mapToDouble(
                                        d -> d.result().succeeded() ? d.result().psnr() : Double.NaN)
                                .toArray()),
                DoubleColumn.create(
                        "seconds",
                        done.stream().mapToDouble(d -> d.result().seconds()).toArray()),
                StringColumn.create(
                        "note",
                        done.stream()
                                .map(d -> d.result().succeeded()
                                        ? d.result().note()
                                        : "failed: " + d.result().error())
                                .toList()));
    }

    private Column<?> column(String key) {
        List<String> values =
                done.stream().map(d -> d.trial().changes().get(key)).toList();
        if (values.stream().allMatch(value -> value.matches("-?\\d{1,18}"))) {
            return LongColumn.create(
                    key, values.stream().mapToLong(Long::parseLong).toArray());
        }
        try {
            return DoubleColumn.create(
                    key, values.stream().mapToDouble(Double::parseDouble).toArray());
        } catch (NumberFormatException words) {
            return StringColumn.create(key, values);
        }
    }

    /**
     * Mean Dice at Base over the trials of every pair of values; a range is cut into equal parts.
     *
     * @param x key along the x axis
     * @param y key along the y axis
     * @throws InputException if a key was not searched, both are one, or no trial succeeded
     */
    public HeatMapChart heatMap(String x, String y) {
        SearchKey across = key(x);
        SearchKey down = key(y);
        if (across.equals(down)) {
            throw new InputException("a heat map needs two different options, found " + x + " twice");
        }
        requireScores();
        SummaryStatistics[][] cells =
                new SummaryStatistics[down.groups().size()][across.groups().size()];
        for (Done d : done) {
            if (d.result().succeeded()) {
                int row = down.groupOf(d.trial().changes().get(y));
                int column = across.groupOf(d.trial().changes().get(x));
                if (cells[row][column] == null) {
                    cells[row][column] = new SummaryStatistics();
                }
                cells[row][column].addValue(d.result().dice(Resolution.BASE));
            }
        }
        double[][] means = Arrays.stream(cells)
                .map(row -> Arrays.stream(row)
                        .mapToDouble(cell -> cell == null ? Double.NaN : cell.getMean())
                        .toArray())
                .toArray(double[][]::new);
        return Charts.heatMap(
                "Dice at Base (" + scored.word() + " split)", x, y, across.groups(), down.groups(), means);
    }

    /**
     * Mean Dice of one option's values at each resolution, over all other options.
     *
     * @throws InputException if the key was not searched, or no trial succeeded
     */
    public CategoryChart bars(String name) {
        SearchKey key = key(name);
        requireScores();
        List<String> categories = new ArrayList<>();
        Map<Resolution, List<Double>> means = new EnumMap<>(Resolution.class);
        for (int group = 0; group < key.groups().size(); group++) {
            int at = group;
            List<Done> members = done.stream()
                    .filter(d -> d.result().succeeded())
                    .filter(d -> key.groupOf(d.trial().changes().get(name)) == at)
                    .toList();
            if (!members.isEmpty()) {
                categories.add(key.groups().get(group));
                for (Resolution resolution : Resolution.values()) {
                    means.computeIfAbsent(resolution, none -> new ArrayList<>())
                            .add(members.stream()
                                    .mapToDouble(d -> d.result().dice(resolution))
                                    .average()
                                    .orElseThrow());
                }
            }
        }
        Map<String, double[]> series = new LinkedHashMap<>();
        means.forEach((resolution, values) -> series.put(
                resolution.label(),
                // Rounded, because the bars are labelled with every digit.
                values.stream().mapToDouble(v -> Math.round(v * 1000) / 1000.0).toArray()));
        return Charts.bars("Dice (" + scored.word() + " split)", name, "Dice", categories, series);
    }

    /** The heat map of the first two options, or the bars of the only one. */
    public Chart<?, ?> chart() {
        return keys.size() > 1
                ? heatMap(keys.get(1).key(), keys.get(0).key())
                : bars(keys.get(0).key());
    }

    private SearchKey key(String name) {
        return keys.stream()
                .filter(key -> key.key().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("the option '" + name + "' was not searched; there are "
                        + String.join(", ", keys.stream().map(SearchKey::key).toList())));
    }

    private void requireScores() {
        if (best().isEmpty()) {
            throw new InputException("there is nothing to draw: no trial has a score"
                    + (done.isEmpty()
                            ? ""
                            : "; the last failed: "
                                    + done.get(done.size() - 1).result().error()));
        }
    }

    void writeCsv(Path file) {
        CsvFile.write(table(), file);
    }
}
