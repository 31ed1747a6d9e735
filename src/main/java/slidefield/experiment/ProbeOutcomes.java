package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import slidefield.nic.CodeProbe;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How encoders did at tasks, seed by seed: the rows of Table 1 of Neural Image Compression. */
final class ProbeOutcomes {
    private static final String FORMAT = "%.3f";

    private final List<ProbedEncoder> rows;
    private final List<PatchTask> tasks;
    private final PaperNumbers paper = NicPaper.table1();
    /** By row's name, then by task's name, then by seed. */
    private final Map<String, Map<String, Map<Long, CodeProbe.Result>>> results = new LinkedHashMap<>();

    ProbeOutcomes(List<ProbedEncoder> rows, List<PatchTask> tasks) {
        this.rows = rows;
        this.tasks = tasks;
    }

    void add(ProbedEncoder row, PatchTask task, long seed, CodeProbe.Result result) {
        results.computeIfAbsent(row.name(), name -> new LinkedHashMap<>())
                .computeIfAbsent(task.name(), name -> new LinkedHashMap<>())
                .put(seed, result);
    }

    private Map<Long, CodeProbe.Result> of(String row, String task) {
        return results.getOrDefault(row, Map.of()).getOrDefault(task, Map.of());
    }

    private Spread spread(String row, String task, ToDoubleFunction<CodeProbe.Result> number) {
        return Spread.of(of(row, task).values().stream().mapToDouble(number).toArray());
    }

    /** Share of a task's test patches that a row classifies right, over the seeds; NaN where there is no such row. */
    Spread accuracy(String row, String task) {
        return spread(row, task, CodeProbe.Result::accuracy);
    }

    /** One line per row, task and class, the class "all" for all patches. */
    Table table() {
        StringColumn encoders = StringColumn.create("encoder");
        StringColumn taskNames = StringColumn.create("task");
        StringColumn classes = StringColumn.create("class");
        IntColumn seeds = IntColumn.create("seeds");
        Map<String, DoubleColumn> numbers = new LinkedHashMap<>();
        for (ProbedEncoder row : rows) {
            for (PatchTask task : tasks) {
                List<String> names = task.test().classes();
                for (int c = -1; c < names.size(); c++) {
                    int one = c;
                    encoders.append(row.name());
                    taskNames.append(task.name());
                    classes.append(c < 0 ? "all" : names.get(c));
                    seeds.append(of(row.name(), task.name()).size());
                    Spread own = spread(row.name(), task.name(), r -> one < 0 ? r.accuracy() : r.accuracy(one));
                    Spread validation = spread(row.name(), task.name(), r -> one < 0 ? r.validation() : Double.NaN);
                    Spread printed = c < 0 ? paper.of(row.paper(), task.paper()) : Spread.of();
                    NumberColumns.put(numbers, "accuracy", own.mean());
                    NumberColumns.put(numbers, "accuracy sd", own.deviation());
                    NumberColumns.put(numbers, "validation", validation.mean());
                    NumberColumns.put(numbers, "paper", printed.mean());
                    NumberColumns.put(numbers, "paper sd", printed.deviation());
                }
            }
        }
        Table table = Table.create("Accuracy of patches, mean over seeds", encoders, taskNames, classes, seeds);
        numbers.values().forEach(table::addColumns);
        return table;
    }

    /** Every seed's counts: patches by true and found class. */
    Table counts() {
        StringColumn encoders = StringColumn.create("encoder");
        StringColumn taskNames = StringColumn.create("task");
        LongColumn seeds = LongColumn.create("seed");
        StringColumn truths = StringColumn.create("true class");
        StringColumn found = StringColumn.create("found class");
        IntColumn patches = IntColumn.create("patches");
        results.forEach((row, byTask) -> byTask.forEach((task, bySeed) -> bySeed.forEach((seed, result) -> {
            for (int i = 0; i < result.classes().size(); i++) {
                for (int j = 0; j < result.classes().size(); j++) {
                    encoders.append(row);
                    taskNames.append(task);
                    seeds.append(seed);
                    truths.append(result.classes().get(i));
                    found.append(result.classes().get(j));
                    patches.append(result.counts()[i][j]);
                }
            }
        })));
        return Table.create("Patches by true and found class", encoders, taskNames, seeds, truths, found, patches);
    }

    /** For people: ours and the paper's in turn, then the classes. */
    String markdown() {
        List<String> header = new ArrayList<>(List.of("encoder"));
        for (PatchTask task : tasks) {
            header.addAll(List.of(task.name(), "paper, " + task.paper().toLowerCase(Locale.ROOT)));
            task.test().classes().forEach(name -> header.add(task.name() + ": " + name));
        }
        List<List<String>> lines = new ArrayList<>();
        for (ProbedEncoder row : rows) {
            List<String> line = new ArrayList<>(List.of(row.name()));
            for (PatchTask task : tasks) {
                line.add(accuracy(row.name(), task.name()).text(FORMAT));
                line.add(paper.of(row.paper(), task.paper()).text(FORMAT));
                for (int c = 0; c < task.test().classes().size(); c++) {
                    int one = c;
                    line.add(spread(row.name(), task.name(), r -> r.accuracy(one))
                            .text(FORMAT));
                }
            }
            lines.add(line);
        }
        return Markdown.table(header, lines);
    }

    /** For each encoder and task whether it does better than mean-RGB, in how many of the seeds. */
    String againstMeanRgb() {
        StringBuilder text = new StringBuilder();
        for (ProbedEncoder row : rows) {
            if (row.name().equals(NicPaper.MEAN_RGB)) {
                continue;
            }
            List<String> parts = new ArrayList<>();
            for (PatchTask task : tasks) {
                parts.add(against(row.name(), task.name()));
            }
            text.append("- ")
                    .append(row.name())
                    .append(": ")
                    .append(String.join("; ", parts))
                    .append('\n');
        }
        return text.toString();
    }

    private String against(String row, String task) {
        Map<Long, CodeProbe.Result> lower = of(NicPaper.MEAN_RGB, task);
        Map<Long, CodeProbe.Result> own = of(row, task);
        long above = own.entrySet().stream()
                .filter(each ->
                        each.getValue().accuracy() > lower.get(each.getKey()).accuracy())
                .count();
        double lead =
                accuracy(row, task).mean() - accuracy(NicPaper.MEAN_RGB, task).mean();
        String verdict = above == own.size() ? "beats mean-RGB" : above == 0 ? "does not beat mean-RGB" : "undecided";
        return String.format(
                Locale.ROOT, "%s: %s (%+.3f, above in %d of %d seeds)", task, verdict, lead, above, own.size());
    }

    /** Bars of our means, one group per task. */
    Map<String, double[]> bars() {
        Map<String, double[]> bars = new LinkedHashMap<>();
        rows.forEach(row -> bars.put(
                row.name(),
                tasks.stream()
                        .mapToDouble(task -> accuracy(row.name(), task.name()).mean())
                        .toArray()));
        return bars;
    }

    /** Bars of the paper's means, as {@link #bars}; each of its rows once. */
    Map<String, double[]> paperBars() {
        Map<String, double[]> bars = new LinkedHashMap<>();
        rows.stream()
                .filter(row ->
                        !Double.isNaN(paper.of(row.name(), NicPaper.TUMOR).mean()))
                .forEach(row -> bars.put(
                        row.name(),
                        tasks.stream()
                                .mapToDouble(task ->
                                        paper.of(row.name(), task.paper()).mean())
                                .toArray()));
        return bars;
    }
}
