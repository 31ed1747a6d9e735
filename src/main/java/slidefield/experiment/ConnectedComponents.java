package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import slidefield.score.Confusion;
import slidefield.score.Resolution;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Into how many connected parts masks fall: what a discontinuous prediction is, as a number. */
final class ConnectedComponents {
    static final String PAPER = "patch methods' predictions are spatially discontinuous, WSI-INR's are continuous";

    private final List<Row> rows = new ArrayList<>();

    /**
     * One mask.
     *
     * @param method that made it
     * @param slide of which
     * @param resolution at which
     * @param predicted connected parts of the predicted mask
     * @param annotated connected parts of the annotation
     * @param counts pixels of one against the other
     */
    record Row(String method, String slide, Resolution resolution, int predicted, int annotated, Confusion counts) {}

    ConnectedComponents add(Row row) {
        rows.add(row);
        return this;
    }

    private List<String> methods() {
        return rows.stream().map(Row::method).distinct().toList();
    }

    private double mean(String method, Resolution resolution) {
        return Spread.of(rows.stream()
                        .filter(r -> r.method().equals(method) && (resolution == null || r.resolution() == resolution))
                        .mapToDouble(Row::predicted)
                        .toArray())
                .mean();
    }

    private double annotated(Resolution resolution) {
        return Spread.of(rows.stream()
                        .filter(r -> r.resolution() == resolution)
                        .mapToDouble(Row::annotated)
                        .toArray())
                .mean();
    }

    /** One row per mask. */
    Table table() {
        StringColumn methods = StringColumn.create("method");
        StringColumn slides = StringColumn.create("slide");
        StringColumn resolutions = StringColumn.create("resolution");
        IntColumn predicted = IntColumn.create("pieces");
        IntColumn annotated = IntColumn.create("pieces of the truth");
        DoubleColumn dice = DoubleColumn.create("dice");
        for (Row row : rows) {
            methods.append(row.method());
            slides.append(row.slide());
            resolutions.append(row.resolution().label());
            predicted.append(row.predicted());
            annotated.append(row.annotated());
            dice.append(row.counts().scores().dice());
        }
        return Table.create("Connected parts", methods, slides, resolutions, predicted, annotated, dice);
    }

    String markdown() {
        List<List<String>> lines = new ArrayList<>();
        for (String method : methods()) {
            List<String> line = new ArrayList<>(List.of(method));
            for (Resolution resolution : Resolution.values()) {
                line.add(one(mean(method, resolution)));
            }
            lines.add(line);
        }
        List<String> truth = new ArrayList<>(List.of("*truth*"));
        for (Resolution resolution : Resolution.values()) {
            truth.add(one(annotated(resolution)));
        }
        lines.add(truth);
        return Markdown.table(List.of("pieces", "Base", "Base/2", "Base/4"), lines);
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /**
     * Whether each patch method's masks fall into more pieces than the field's, as a mean over slides and resolutions.
     *
     * @param patch names of the patch methods
     * @param field name of the field's row
     */
    Claim claim(List<String> patch, String field) {
        double own = mean(field, null);
        long right = patch.stream().filter(method -> mean(method, null) > own).count();
        List<String> clauses = new ArrayList<>();
        patch.forEach(method -> clauses.add(method + " " + one(mean(method, null))));
        clauses.add(field + " " + one(own));
        return new Claim(
                PAPER,
                own > 0 ? Claim.Verdict.of(right, patch.size()) : Claim.Verdict.UNDECIDED,
                "connected parts per mask, mean over resolutions: " + String.join(", ", clauses));
    }
}
