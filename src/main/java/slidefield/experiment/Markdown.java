package slidefield.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Markdown tables that are readable as plain text too: columns of one width. */
final class Markdown {
    private Markdown() {}

    /**
     * @param header names of the columns
     * @param rows cells, as many per row
     */
    static String table(List<String> header, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        int[] widths = IntStream.range(0, header.size())
                .map(i -> all.stream()
                        .mapToInt(row -> cell(row, i).length())
                        .max()
                        .orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder();
        line(text, header, widths);
        text.append('|');
        for (int width : widths) {
            text.append("-".repeat(width + 2)).append('|');
        }
        text.append('\n');
        rows.forEach(row -> line(text, row, widths));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> row, int[] widths) {
        text.append('|');
        for (int i = 0; i < widths.length; i++) {
            String cell = cell(row, i);
            text.append(' ')
                    .append(cell)
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(" |");
        }
        text.append('\n');
    }

    private static String cell(List<String> row, int i) {
        return row.get(i).replace("|", "\\|");
    }
}
