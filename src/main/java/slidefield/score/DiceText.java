package slidefield.score;

import java.util.Locale;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Prints the summary of a {@link DiceTable} as {@code 0.2417 ± 0.0312 (-31.15%)}. */
final class DiceText {
    private DiceText() {}

    static String of(Table summary) {
        StringColumn methods = StringColumn.create("method");
        StringColumn slides = StringColumn.create("slides");
        StringColumn notes = StringColumn.create("note");
        Table text = Table.create("Dice, mean ± sd over slides (change relative to Base)", methods, slides);
        for (Resolution resolution : Resolution.values()) {
            text.addColumns(StringColumn.create(resolution.label()));
        }
        for (Row row : summary) {
            methods.append(row.getString("method"));
            slides.append(Integer.toString(row.getInt("slides")));
            for (Resolution resolution : Resolution.values()) {
                text.stringColumn(resolution.label()).append(cell(row, resolution));
            }
            notes.append(row.getString("note"));
        }
        return text.addColumns(notes).print(Integer.MAX_VALUE);
    }

    private static String cell(Row row, Resolution resolution) {
        double mean = row.getDouble(resolution.label());
        if (Double.isNaN(mean)) {
            return "-";
        }
        StringBuilder cell = new StringBuilder(String.format(Locale.ROOT, "%.4f", mean));
        double deviation = row.getDouble(resolution.label() + " sd");
        if (!Double.isNaN(deviation)) {
            cell.append(String.format(Locale.ROOT, " ± %.4f", deviation));
        }
        if (resolution != Resolution.BASE) {
            double change = row.getDouble(resolution.label() + " change");
            if (!Double.isNaN(change)) {
                cell.append(String.format(Locale.ROOT, " (%+.2f%%)", 100 * change));
            }
        }
        return cell.toString();
    }
}
