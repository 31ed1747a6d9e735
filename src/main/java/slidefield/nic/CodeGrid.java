package slidefield.nic;

import java.util.Arrays;

/**
 * A compressed slide, or a crop of one (Tellez et al. 2019, section 3.1): the codes of the patches of a regular grid.
 *
 * <p>Not copied: who makes one gives its array away.
 *
 * @param rows of patches
 * @param columns of patches
 * @param code C, values of a code
 * @param values rows x columns x C, row-major; all C of a place are zero where there is no tissue
 */
public record CodeGrid(int rows, int columns, int code, float[] values) implements CodePlane {
    /** @throws IllegalArgumentException if a size is not positive or does not fit the array */
    public CodeGrid {
        if (rows < 1 || columns < 1 || code < 1 || (long) rows * columns * code != values.length) {
            throw new IllegalArgumentException("a grid of " + rows + " x " + columns + " codes of " + code
                    + " values does not have " + values.length + " values");
        }
    }

    @Override
    public boolean tissue(int row, int column) {
        int start = (row * columns + column) * code;
        for (int i = 0; i < code; i++) {
            if (values[start + i] != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void cut(int top, int left, int side, float[] into) {
        Arrays.fill(into, 0);
        int firstRow = Math.max(0, -top);
        int lastRow = Math.min(side, rows - top);
        int firstColumn = Math.max(0, -left);
        int count = Math.min(side, columns - left) - firstColumn;
        for (int row = firstRow; row < lastRow && count > 0; row++) {
            int from = ((top + row) * columns + left + firstColumn) * code;
            System.arraycopy(values, from, into, (row * side + firstColumn) * code, count * code);
        }
    }
}
