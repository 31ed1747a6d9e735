package slidefield.swipe;

import java.util.ArrayList;
import java.util.List;
import slidefield.nn.Shapes;
import slidefield.nn.Tensor;

/**
 * What a decoder is asked about N points: their own values and the codes that they share.
 *
 * @param points coordinates and features, N x F
 * @param codes from the finest to the coarsest: z^P as rows of patches x C, z^I as images x C
 * @param rows for each code the row of it that belongs to each row of what is finer: first of every point, then of every
 *     row of the code before
 */
public record DecoderInput(Tensor points, List<Tensor> codes, List<int[]> rows) {
    /**
     * Everything side by side, as the formulas have it.
     *
     * @param layout where it goes
     * @return N x {@link InputLayout#size}
     */
    Tensor joined(InputLayout layout) {
        List<Tensor> values = new ArrayList<>(List.of(points));
        List<int[]> columns = new ArrayList<>(List.of(layout.point()));
        int[] row = null;
        for (int k = 0; k < codes.size(); k++) {
            row = row == null ? rows.get(0) : through(row, rows.get(k));
            values.add(Shapes.gatherRows(codes.get(k), row));
            columns.add(layout.codes().get(k));
        }
        List<Tensor> parts = new ArrayList<>();
        for (int column = 0; column < layout.size(); ) {
            int next = column;
            for (int k = 0; k < columns.size(); k++) {
                int at = indexOf(columns.get(k), next);
                if (at >= 0) {
                    int end = at;
                    while (end < columns.get(k).length && columns.get(k)[end] == next + end - at) {
                        end++;
                    }
                    parts.add(Shapes.channels(values.get(k), at, end));
                    column += end - at;
                    break;
                }
            }
        }
        return Shapes.concat(parts);
    }

    private static int indexOf(int[] columns, int column) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] == column) {
                return i;
            }
        }
        return -1;
    }

    /** Where a row leads two codes further. */
    private static int[] through(int[] first, int[] second) {
        int[] both = new int[first.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = second[first[i]];
        }
        return both;
    }
}
