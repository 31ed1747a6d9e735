package slidefield.experiment;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.internal.chartpart.Chart;
import slidefield.io.WholeFile;
import slidefield.notebook.Charts;
import slidefield.notebook.Pictures;
import slidefield.score.CsvFile;
import tech.tablesaw.api.Table;

/** Writes an experiment's tables as CSV, its pictures as PNG and its page as Markdown, all named after it. */
final class ResultWriter {
    private final ExperimentContext<?> context;
    private final Experiment<?> experiment;
    private final long start = System.nanoTime();
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Map<String, BufferedImage> pictures = new LinkedHashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    <D> ResultWriter(ExperimentContext<D> context, Experiment<D> experiment) {
        this.context = context;
        this.experiment = experiment;
    }

    private Path file(String part, String ending) {
        return context.out().resolve(experiment.name() + (part.isEmpty() ? "" : "-" + part) + ending);
    }

    /**
     * @param part what the table is of, for its file's name; empty for the main one
     * @param table as it is written
     */
    void table(String part, Table table) {
        Path file = file(part, ".csv");
        CsvFile.write(table, file);
        tables.put(part.isEmpty() ? experiment.name() : part, table);
        files.add(file);
    }

    /** A picture, as {@link #table}. */
    void picture(String part, BufferedImage image) {
        Path file = file(part, ".png");
        Pictures.save(image, file);
        pictures.put(part.isEmpty() ? experiment.name() : part, image);
        files.add(file);
    }

    /** A chart, as {@link #table}. */
    void chart(String part, Chart<?, ?> chart) {
        Path file = file(part, ".png");
        Charts.save(chart, file);
        pictures.put(part.isEmpty() ? experiment.name() : part, Charts.image(chart, 1));
        files.add(file);
    }

    /** What was seen of a claim. */
    void claim(Claim claim) {
        claims.add(claim);
    }

    /**
     * Writes the page.
     *
     * @param numbers the table for people, in Markdown, with what it is of in front
     * @param origin where the numbers come from
     */
    ExperimentResult finish(String numbers, Origin origin) {
        StringBuilder page = new StringBuilder("# " + experiment.title() + "\n\n" + numbers.strip() + "\n\n");
        page.append("## What the paper says, and what is seen\n\n");
        page.append("The paper: ").append(experiment.claim()).append("\n\n");
        claims.forEach(claim -> page.append("- ").append(claim.sentence()).append('\n'));
        double seconds = (System.nanoTime() - start) / 1e9;
        page.append("\n## Where our numbers come from\n\n").append(origin.text(context, seconds));
        page.append("\n## Files\n\n");
        files.forEach(file -> page.append("- `").append(file.getFileName()).append("`\n"));
        page.append("- `runs/`: the trained runs with their settings, and their predictions\n");
        Path report = file("", ".md");
        WholeFile.writeText(report, page.toString());
        files.add(report);
        return new ExperimentResult(
                experiment.name(),
                new LinkedHashMap<>(tables),
                new LinkedHashMap<>(pictures),
                List.copyOf(claims),
                page.toString(),
                List.copyOf(files));
    }
}
