package slidefield.field;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the four vertices around a point at one level of the hash grid, as Eq. 1 of WSI-INR sums over them.
 *
 * @param x the vertex's column, counted from 0
 * @param y the vertex's row
 * @param entry its row in the grid's whole table ({@link HashGrid#table()})
 * @param weight w, its bilinear weight, 0 to 1; the four of a point sum to 1
 */
public record CellCorner(int x, int y, int entry, double weight) {
    /**
     * The corners of the cell that a point lies in: upper left, upper right, lower left, lower right.
     *
     * @param level of the grid
     * @param x the point's coordinate, of which 1 is the slide's longer side
     * @param y the point's other coordinate
     */
    public static List<CellCorner> of(HashLevel level, double x, double y) {
        int column = (int) Math.floor(level.position(x));
        int row = (int) Math.floor(level.position(y));
        double right = level.position(x) - column;
        double lower = level.position(y) - row;
        List<CellCorner> corners = new ArrayList<>();
        for (int dy = 0; dy <= 1; dy++) {
            for (int dx = 0; dx <= 1; dx++) {
                corners.add(new CellCorner(
                        column + dx,
                        row + dy,
                        level.offset() + level.entry(column + dx, row + dy),
                        (dx == 1 ? right : 1 - right) * (dy == 1 ? lower : 1 - lower)));
            }
        }
        return List.copyOf(corners);
    }
}
