package slidefield.score;

import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Dice of methods on slides at Base, Base/2 and Base/4, as in WSI-INR's Tables 1 and 2. Where pixel counts are
 * added, two reference rows tell what calling everything lesion or nothing lesion would score on the same pixels.
 */
public final class DiceTable {
    /** The reference row that calls every pixel a lesion. */
    public static final String ALL_LESION = "all lesion";
    /** The reference row that calls no pixel a lesion. */
    public static final String ALL_BACKGROUND = "all background";

    /** Method, then slide, then resolution. */
    private final Map<String, Map<String, Map<Resolution, Double>>> dice = new LinkedHashMap<>();

    private final Map<String, Map<String, Map<Resolution, Double>>> references = new LinkedHashMap<>();
    private final Map<String, Set<Degenerate>> degenerate = new LinkedHashMap<>();

    /**
     * Adds what a method counted on a slide; the truth in it makes the reference rows.
     *
     * @param method row name
     * @param slide row name
     * @param resolution column
     * @param counts over the whole slide
     * @return this
     * @throws IllegalArgumentException if this cell is already filled
     */
    public DiceTable add(String method, String slide, Resolution resolution, Confusion counts) {
        add(method, slide, resolution, counts.scores().dice());
        degenerate.computeIfAbsent(method, none -> new LinkedHashSet<>()).add(Degenerate.of(counts));
        put(
                references,
                ALL_LESION,
                slide,
                resolution,
                counts.allLesion().scores().dice());
        put(
                references,
                ALL_BACKGROUND,
                slide,
                resolution,
                counts.allBackground().scores().dice());
        return this;
    }

    /**
     * Adds a Dice alone, for example one that a paper prints.
     *
     * @param method row name
     * @param slide row name
     * @param resolution column
     * @param value in [0, 1]
     * @return this
     * @throws IllegalArgumentException if the value is outside [0, 1] or this cell is already filled
     */
    public DiceTable add(String method, String slide, Resolution resolution, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a Dice lies in [0, 1], not " + value);
        }
        if (put(dice, method, slide, resolution, value) != null) {
            throw new IllegalArgumentException(method + " on " + slide + " at " + resolution + " is added twice");
        }
        return this;
    }

    private static Double put(
            Map<String, Map<String, Map<Resolution, Double>>> into,
            String method,
            String slide,
            Resolution resolution,
            double value) {
        return into.computeIfAbsent(method, none -> new LinkedHashMap<>())
                .computeIfAbsent(slide, none -> new EnumMap<>(Resolution.class))
                .putIfAbsent(resolution, value);
    }

    private Map<String, Map<String, Map<Resolution, Double>>> rows() {
        Map<String, Map<String, Map<Resolution, Double>>> rows = new LinkedHashMap<>(dice);
        references.forEach(rows::putIfAbsent);
        return rows;
    }

    /**
     * One row per method and slide: method, slide, and for each resolution its Dice and (below Base) the change
     * relative to Base as a fraction. Missing cells are empty.
     */
    public Table perSlide() {
        StringColumn methods = StringColumn.create("method");
        StringColumn slides = StringColumn.create("slide");
        Table table = Table.create("Dice per slide", methods, slides);
        Map<Resolution, DoubleColumn> values = columns("");
        Map<Resolution, DoubleColumn> changes = columns(" change");
        rows().forEach((method, bySlide) -> bySlide.forEach((slide, cells) -> {
            methods.append(method);
            slides.append(slide);
            for (Resolution resolution : Resolution.values()) {
                double value = cells.getOrDefault(resolution, Double.NaN);
                values.get(resolution).append(value);
                changes.get(resolution).append(change(cells.getOrDefault(Resolution.BASE, Double.NaN), value));
            }
        }));
        for (Resolution resolution : Resolution.values()) {
            table.addColumns(values.get(resolution));
            if (resolution != Resolution.BASE) {
                table.addColumns(changes.get(resolution));
            }
        }
        return table;
    }

    /**
     * One row per method: method, number of slides, and for each resolution the mean Dice over the slides, its
     * sample standard deviation (empty for one slide) and (below Base) the change of the mean relative to Base as
     * a fraction; last a note where a row looks like no segmentation at all or lacks slides.
     */
    public Table summary() {
        StringColumn methods = StringColumn.create("method");
        IntColumn counts = IntColumn.create("slides");
        StringColumn notes = StringColumn.create("note");
        Map<Resolution, DoubleColumn> means = columns("");
        Map<Resolution, DoubleColumn> deviations = columns(" sd");
        Map<Resolution, DoubleColumn> changes = columns(" change");
        rows().forEach((method, bySlide) -> {
            methods.append(method);
            counts.append(bySlide.size());
            notes.append(note(method, bySlide));
            double base = statistics(bySlide.values(), Resolution.BASE).getMean();
            for (Resolution resolution : Resolution.values()) {
                SummaryStatistics over = statistics(bySlide.values(), resolution);
                means.get(resolution).append(over.getMean());
                deviations.get(resolution).append(over.getN() > 1 ? over.getStandardDeviation() : Double.NaN);
                changes.get(resolution).append(change(base, over.getMean()));
            }
        });
        Table table = Table.create("Dice", methods, counts);
        for (Resolution resolution : Resolution.values()) {
            table.addColumns(means.get(resolution), deviations.get(resolution));
            if (resolution != Resolution.BASE) {
                table.addColumns(changes.get(resolution));
            }
        }
        return table.addColumns(notes);
    }

    private static Map<Resolution, DoubleColumn> columns(String suffix) {
        Map<Resolution, DoubleColumn> columns = new EnumMap<>(Resolution.class);
        for (Resolution resolution : Resolution.values()) {
            columns.put(resolution, DoubleColumn.create(resolution.label() + suffix));
        }
        return columns;
    }

    private static double change(double base, double value) {
        return base > 0 ? (value - base) / base : Double.NaN;
    }

    private static SummaryStatistics statistics(Collection<Map<Resolution, Double>> slides, Resolution resolution) {
        SummaryStatistics statistics = new SummaryStatistics();
        slides.stream()
                .filter(cells -> cells.containsKey(resolution))
                .forEach(cells -> statistics.addValue(cells.get(resolution)));
        return statistics;
    }

    private String note(String method, Map<String, Map<Resolution, Double>> bySlide) {
        if (!dice.containsKey(method)) {
            return "reference";
        }
        Set<Resolution> filled = new LinkedHashSet<>();
        bySlide.values().forEach(cells -> filled.addAll(cells.keySet()));
        boolean complete = bySlide.values().stream().allMatch(cells -> cells.size() == filled.size());
        String missing = complete ? "" : "some slides lack a resolution";
        String suspicion = suspicion(method, bySlide).note();
        return suspicion + (suspicion.isEmpty() || missing.isEmpty() ? "" : "; ") + missing;
    }

    /** From the pixels where they were counted, else from the Dice alone. */
    private Degenerate suspicion(String method, Map<String, Map<Resolution, Double>> bySlide) {
        Set<Degenerate> seen = degenerate.getOrDefault(method, Set.of());
        if (!seen.isEmpty()) {
            return seen.size() == 1 ? seen.iterator().next() : Degenerate.NONE;
        }
        Set<Degenerate> perSlide = new LinkedHashSet<>();
        bySlide.values().forEach(cells -> perSlide.add(Degenerate.of(cells.values())));
        return perSlide.size() == 1 ? perSlide.iterator().next() : Degenerate.NONE;
    }

    /** {@link #summary()} for a terminal: fixed width, four decimals, changes in per cent as the paper prints. */
    public String text() {
        return DiceText.of(summary());
    }

    /**
     * Writes {@link #summary()} and {@link #perSlide()} as CSV, numbers in full.
     *
     * @param summary the file of the means, or null
     * @param perSlide the file of the single slides, or null
     */
    public void writeCsv(Path summary, Path perSlide) {
        if (summary != null) {
            CsvFile.write(summary(), summary);
        }
        if (perSlide != null) {
            CsvFile.write(perSlide(), perSlide);
        }
    }
}
