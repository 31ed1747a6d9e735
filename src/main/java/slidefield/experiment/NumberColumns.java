package slidefield.experiment;

import java.util.Map;
import tech.tablesaw.api.DoubleColumn;

/** Columns of numbers by their names, made as they come; where a number is not known, a cell is left empty. */
final class NumberColumns {
    private NumberColumns() {}

    static void put(Map<String, DoubleColumn> columns, String name, double value) {
        DoubleColumn column = columns.computeIfAbsent(name, DoubleColumn::create);
        if (Double.isNaN(value)) {
            column.appendMissing();
        } else {
            column.append(value);
        }
    }
}
