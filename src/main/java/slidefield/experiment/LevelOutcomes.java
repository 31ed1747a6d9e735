package slidefield.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import slidefield.score.Degenerate;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What all variants of the hash grid came to; means and deviations over the seeds, of means over the slides. */
final class LevelOutcomes {
    /** What is measured, by its name in tables. */
    static final Map<String, ToDoubleFunction<LevelOutcome>> MEASURES = measures();

    static final String PSNR = "PSNR";
    static final String STRUCTURE = "structure";
    static final String DETAIL = "detail";
    static final String DICE = "Dice";

    private final List<LevelOutcome> all = new ArrayList<>();

    private static Map<String, ToDoubleFunction<LevelOutcome>> measures() {
        Map<String, ToDoubleFunction<LevelOutcome>> measures = new LinkedHashMap<>();
        measures.put("PSNR", o -> o.quality().psnr());
        measures.put("structure", o -> o.quality().structure());
        measures.put("detail", o -> o.quality().detail());
        measures.put("Dice", LevelOutcome::dice);
        return measures;
    }

    LevelOutcomes add(LevelOutcome outcome) {
        all.add(outcome);
        return this;
    }

    List<LevelOutcome> all() {
        return List.copyOf(all);
    }

    List<LevelVariant> variants() {
        return all.stream().map(LevelOutcome::variant).distinct().toList();
    }

    /** One number per seed, the mean over the slides. */
    double[] perSeed(LevelVariant variant, String measure) {
        List<LevelOutcome> own =
                all.stream().filter(o -> o.variant().equals(variant)).toList();
        return own.stream()
                .mapToLong(LevelOutcome::seed)
                .distinct()
                .mapToDouble(seed -> Spread.of(own.stream()
                                .filter(o -> o.seed() == seed)
                                .mapToDouble(MEASURES.get(measure))
                                .toArray())
                        .mean())
                .toArray();
    }

    double mean(LevelVariant variant, String measure) {
        return Spread.of(perSeed(variant, measure)).mean();
    }

    /** The Dice of calling all tissue a lesion on the same slides. */
    double allTissue() {
        return Spread.of(all.stream()
                        .mapToDouble(o -> o.allTissue().scores().dice())
                        .toArray())
                .mean();
    }

    private String note(LevelVariant variant) {
        List<Degenerate> kinds = all.stream()
                .filter(o -> o.variant().equals(variant))
                .map(o -> Degenerate.of(o.counts()))
                .distinct()
                .toList();
        return String.join(
                "; ",
                kinds.stream().map(Degenerate::note).filter(n -> !n.isEmpty()).toList());
    }

    /** One row per variant: family, k, open levels, when the others were closed, epochs, and every measure. */
    Table table() {
        StringColumn variants = StringColumn.create("variant");
        IntColumn k = IntColumn.create("k");
        StringColumn open = StringColumn.create("open levels");
        StringColumn when = StringColumn.create("others");
        IntColumn epochs = IntColumn.create("epochs");
        IntColumn seeds = IntColumn.create("seeds");
        Map<String, DoubleColumn> numbers = new LinkedHashMap<>();
        StringColumn notes = StringColumn.create("note");
        for (LevelVariant variant : variants()) {
            boolean figure = variant.kind() == LevelVariant.Kind.FIGURE;
            variants.append(figure ? variant.name() : variant.kind().label());
            if (figure) {
                k.appendMissing();
            } else {
                k.append(variant.level());
            }
            open.append(variant.mask().toString());
            when.append(variant.when().label());
            epochs.append(variant.epochs());
            seeds.append(perSeed(variant, PSNR).length);
            for (String measure : MEASURES.keySet()) {
                Spread spread = Spread.of(perSeed(variant, measure));
                numbers.computeIfAbsent(measure, DoubleColumn::create).append(spread.mean());
                numbers.computeIfAbsent(measure + " sd", DoubleColumn::create).append(spread.deviation());
            }
            notes.append(note(variant));
        }
        Table table = Table.create("Levels of the hash grid", variants, k, open, when, epochs, seeds);
        numbers.values().forEach(table::addColumns);
        return table.addColumns(notes);
    }

    /** One row per variant for people. */
    String markdown(List<LevelVariant> shown) {
        List<List<String>> rows = new ArrayList<>();
        for (LevelVariant variant : shown) {
            rows.add(List.of(
                    variant.name(),
                    variant.mask().toString(),
                    Spread.of(perSeed(variant, PSNR)).text("%.2f"),
                    Spread.of(perSeed(variant, STRUCTURE)).text("%.2f"),
                    Spread.of(perSeed(variant, DETAIL)).text("%.3f"),
                    Spread.of(perSeed(variant, DICE)).text("%.4f"),
                    note(variant)));
        }
        return Markdown.table(
                List.of("hash grid", "levels", "PSNR, dB", "structure, dB", "detail", "Dice", "note"), rows);
    }

    /** The sweep for people: a row per k, PSNR and Dice of every family. */
    String sweepMarkdown() {
        Map<String, List<LevelVariant>> families = families();
        List<String> header = new ArrayList<>(List.of("k"));
        families.keySet().forEach(family -> header.add(family + ": PSNR / Dice"));
        List<List<String>> rows = new ArrayList<>();
        for (int level :
                variants().stream().mapToInt(LevelVariant::level).distinct().toArray()) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(level)));
            families.values().forEach(family -> family.stream()
                    .filter(variant -> variant.level() == level)
                    .forEach(variant -> row.add(
                            String.format(Locale.ROOT, "%.2f / %.4f", mean(variant, PSNR), mean(variant, DICE)))));
            rows.add(row);
        }
        return Markdown.table(header, rows);
    }

    private Map<String, List<LevelVariant>> families() {
        Map<String, List<LevelVariant>> families = new LinkedHashMap<>();
        for (LevelVariant variant : variants()) {
            families.computeIfAbsent(variant.curve(), name -> new ArrayList<>()).add(variant);
        }
        return families;
    }

    /** A measure by k, one curve per family. */
    Map<String, double[][]> curves(String measure) {
        Map<String, double[][]> curves = new LinkedHashMap<>();
        families()
                .forEach((name, members) -> curves.put(name, new double[][] {
                    members.stream().mapToDouble(LevelVariant::level).toArray(),
                    members.stream().mapToDouble(v -> mean(v, measure)).toArray()
                }));
        return curves;
    }
}
