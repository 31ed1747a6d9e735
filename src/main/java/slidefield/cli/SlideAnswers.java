package slidefield.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slidefield.data.Manifest;
import slidefield.data.SlideEntry;
import slidefield.data.Split;
import slidefield.io.WholeFile;
import slidefield.nic.SlideLabels;
import slidefield.nic.SlidePrediction;
import slidefield.nic.SlideScores;
import slidefield.nic.SlideTask;
import slidefield.score.CsvFile;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a network said of slides, as tables and files; of slides that the run held out, how right it was. */
final class SlideAnswers {
    /** A slide's label where none is known: of no slide that is scored. */
    private static final double UNKNOWN = 0;

    private final Manifest manifest;
    private final SlideLabels labels;
    private final SlideTask task;
    private final List<SlidePrediction> all = new ArrayList<>();

    /**
     * @param manifest of the run
     * @param labels of its slides
     * @param task what is predicted
     */
    SlideAnswers(Manifest manifest, SlideLabels labels, SlideTask task) {
        this.manifest = manifest;
        this.labels = labels;
        this.task = task;
    }

    private Optional<SlideEntry> entry(String name) {
        return manifest.slides().stream()
                .filter(slide -> slide.name().equals(name))
                .findFirst();
    }

    private Optional<SlideEntry> labelled(String name) {
        return entry(name).filter(slide -> slide.label() != null);
    }

    /** A slide's label as a number; 0 where none is known. */
    double label(String name) {
        return labelled(name).map(labels::number).orElse(UNKNOWN);
    }

    void add(SlidePrediction said) {
        all.add(said);
    }

    private String predicted(SlidePrediction said) {
        return task == SlideTask.REGRESSION
                ? Double.toString(said.score())
                : labels.classes().get(said.mostProbable());
    }

    /** The names of the numbers that are said of a slide. */
    private List<String> names() {
        return task == SlideTask.REGRESSION
                ? List.of("number")
                : labels.classes().stream().map(name -> "p " + name).toList();
    }

    /** Writes predictions.csv and predictions.json. */
    List<Path> write(Path folder) {
        Path csv = folder.resolve("predictions.csv");
        CsvFile.write(table(), csv);
        Path json = folder.resolve("predictions.json");
        try {
            WholeFile.writeText(
                    json,
                    JsonMapper.builder()
                                    .build()
                                    .writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(plain()) + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return List.of(csv, json);
    }

    private Table table() {
        StringColumn slides = StringColumn.create("slide");
        StringColumn splits = StringColumn.create("split");
        StringColumn known = StringColumn.create("label");
        StringColumn predicted = StringColumn.create("predicted");
        Table table = Table.create("predictions", slides, splits, known, predicted);
        List<DoubleColumn> values = names().stream().map(DoubleColumn::create).toList();
        values.forEach(table::addColumns);
        for (SlidePrediction said : all) {
            slides.append(said.name());
            splits.append(entry(said.name()).map(slide -> slide.split().word()).orElse(""));
            known.append(labelled(said.name()).map(SlideEntry::label).orElse(""));
            predicted.append(predicted(said));
            for (int i = 0; i < values.size(); i++) {
                values.get(i).append(said.values().get(i));
            }
        }
        return table;
    }

    private List<Map<String, Object>> plain() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (SlidePrediction said : all) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("slide", said.name());
            entry(said.name()).ifPresent(slide -> row.put("split", slide.split().word()));
            labelled(said.name()).ifPresent(slide -> row.put("label", slide.label()));
            row.put("predicted", task == SlideTask.REGRESSION ? said.score() : predicted(said));
            if (task != SlideTask.REGRESSION) {
                Map<String, Double> probabilities = new LinkedHashMap<>();
                for (int i = 0; i < labels.classes().size(); i++) {
                    probabilities.put(labels.classes().get(i), said.values().get(i));
                }
                row.put("probabilities", probabilities);
            }
            rows.add(row);
        }
        return rows;
    }

    /** Every answer, and the scores of the slides that were held out, where their labels are known. */
    void report(Report report) {
        all.forEach(said -> report.say(said.name() + "  " + predicted(said)
                + labelled(said.name())
                        .map(slide -> "  (label " + slide.label() + ")")
                        .orElse("")));
        report.put("slides", plain(), null);
        List<SlidePrediction> held = all.stream()
                .filter(said -> labelled(said.name())
                        .filter(slide -> slide.split() == Split.TEST)
                        .isPresent())
                .toList();
        report.put("held_out", held.size(), held.size() + " labelled slides of the run's test split");
        if (task == SlideTask.REGRESSION) {
            if (held.size() > 2) {
                report.put("spearman", SlideScores.spearman(held).rho());
            }
        } else if (!held.isEmpty()) {
            report.put("accuracy", SlideScores.accuracy(held));
            if (task == SlideTask.BINARY) {
                report.put("auc", SlideScores.auc(held));
            }
        }
    }
}
