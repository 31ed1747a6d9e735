package slidefield.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** A Tablesaw table as clean HTML and as aligned text: numbers right-aligned, decimals to four places. */
final class TableText {
    /** The most rows that are shown. */
    static final int ROWS = 50;

    private static final String LINE = "border-bottom:1px solid rgba(128,128,128,0.25);";

    private TableText() {}

    static String html(Table table) {
        StringBuilder html = new StringBuilder("<table style=\"border-collapse:collapse;margin:0.3em 0\">");
        if (hasName(table)) {
            html.append("<caption style=\"caption-side:top;text-align:left;font-weight:bold;padding:0.2em 0.6em\">")
                    .append(escaped(table.name()))
                    .append("</caption>");
        }
        html.append("<thead><tr>");
        for (Column<?> column : table.columns()) {
            html.append(cell("th", "border-bottom:2px solid rgba(128,128,128,0.6);", column, column.name()));
        }
        html.append("</tr></thead><tbody>");
        for (int row = 0; row < Math.min(ROWS, table.rowCount()); row++) {
            html.append("<tr>");
            for (Column<?> column : table.columns()) {
                html.append(cell("td", LINE, column, value(column, row)));
            }
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        return html.append(more(table).isEmpty() ? "" : "<p><em>" + more(table) + "</em></p>")
                .toString();
    }

    static String text(Table table) {
        List<List<String>> columns = new ArrayList<>();
        int rows = Math.min(ROWS, table.rowCount());
        for (Column<?> column : table.columns()) {
            columns.add(aligned(column, rows));
        }
        StringBuilder text = new StringBuilder(hasName(table) ? table.name() + "\n" : "");
        for (int line = 0; line < rows + 2; line++) {
            int at = line;
            text.append(String.join("  ", columns.stream().map(c -> c.get(at)).toList())
                            .stripTrailing())
                    .append('\n');
        }
        return text.append(more(table)).toString().stripTrailing();
    }

    /** Name, a rule, then the values, all of one width. */
    private static List<String> aligned(Column<?> column, int rows) {
        List<String> cells = new ArrayList<>(List.of(column.name(), ""));
        for (int row = 0; row < rows; row++) {
            cells.add(value(column, row));
        }
        int width = cells.stream().mapToInt(String::length).max().orElse(0);
        cells.set(1, "-".repeat(width));
        return cells.stream().map(cell -> padded(cell, width, isNumber(column))).toList();
    }

    private static String padded(String cell, int width, boolean right) {
        String blank = " ".repeat(width - cell.length());
        return right ? blank + cell : cell + blank;
    }

    private static String cell(String tag, String line, Column<?> column, String text) {
        String align = isNumber(column) ? "right;font-variant-numeric:tabular-nums" : "left";
        return "<" + tag + " style=\"padding:0.2em 0.6em;" + line + "text-align:" + align + "\">" + escaped(text) + "</"
                + tag + ">";
    }

    private static String value(Column<?> column, int row) {
        if (column.isMissing(row)) {
            return "–";
        }
        Object value = column.get(row);
        return value instanceof Double || value instanceof Float
                ? String.format(Locale.ROOT, "%.4f", ((Number) value).doubleValue())
                : String.valueOf(value);
    }

    private static boolean isNumber(Column<?> column) {
        return column instanceof NumericColumn;
    }

    private static boolean hasName(Table table) {
        return table.name() != null && !table.name().isBlank();
    }

    private static String more(Table table) {
        int hidden = table.rowCount() - ROWS;
        return hidden > 0 ? "... " + hidden + " more rows" : "";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
