package slidefield.score;

import java.io.StringWriter;
import java.nio.file.Path;
import slidefield.io.WholeFile;
import tech.tablesaw.api.Table;

/** Tables as files of comma-separated values. */
public final class CsvFile {
    private CsvFile() {}

    /**
     * Writes a table with its header in UTF-8, whole or not at all.
     *
     * @param table numbers are written in full
     * @param file the file's final name
     * @throws slidefield.io.InputException if the file cannot be written
     */
    public static void write(Table table, Path file) {
        StringWriter text = new StringWriter();
        table.write().csv(text);
        WholeFile.writeText(file, text.toString());
    }
}
