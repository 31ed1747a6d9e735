package slidefield.nic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import slidefield.fit.Orientation;
import slidefield.io.InputException;

/**
 * The eight ways in which a slide is compressed (Tellez et al. 2019, section 3.3; the pairs of flip and turn and their order are
 * those of the authors' code): the patches are flipped and turned before they are encoded, and the grid of their codes is
 * rearranged as the slide would be. So the code grid is that of the flipped and turned slide, where the stride divides its
 * sides. First the flip (horizontal: left becomes right; vertical: top becomes bottom), then the turn, counter-clockwise.
 */
public enum GridOrientation {
    /** As it lies. */
    NONE_0(0),
    /** A quarter turn. */
    NONE_90(5),
    /** Half a turn. */
    NONE_180(3),
    /** Three quarter turns. */
    NONE_270(6),
    /** Left becomes right. */
    HORIZONTAL_0(1),
    /** Top becomes bottom. */
    VERTICAL_0(2),
    /** Top becomes bottom, then a quarter turn. */
    VERTICAL_90(7),
    /** Top becomes bottom, then three quarter turns. */
    VERTICAL_270(4);

    private final Orientation orientation;

    GridOrientation(int code) {
        orientation = new Orientation(code);
    }

    /** All eight, in the order of the authors' code. */
    public static List<GridOrientation> all() {
        return List.of(values());
    }

    /** As files name it: flip and degrees, such as {@code vertical-90}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws InputException if no orientation is called so */
    public static GridOrientation of(String text) {
        return Arrays.stream(values())
                .filter(orientation -> orientation.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InputException("expected an orientation out of "
                        + Arrays.stream(values()).map(GridOrientation::text).toList() + ", found '" + text + "'"));
    }

    /** How a picture is laid down. */
    Orientation orientation() {
        return orientation;
    }

    /** Rows of what a grid of that size becomes. */
    int rows(int rows, int columns) {
        return orientation.exchangesAxes() ? columns : rows;
    }

    /** Columns of what a grid of that size becomes. */
    int columns(int rows, int columns) {
        return orientation.exchangesAxes() ? rows : columns;
    }

    /**
     * @param values rows x columns x depth, row-major
     * @return flipped and turned
     */
    float[] apply(float[] values, int rows, int columns, int depth) {
        if (this == NONE_0) {
            return values;
        }
        float[] turned = new float[values.length];
        orientation.turn(values, depth, columns(rows, columns), rows(rows, columns), turned);
        return turned;
    }

    /** @return the grid rearranged; its codes are not changed */
    public CodeGrid apply(CodeGrid grid) {
        float[] values = apply(grid.values(), grid.rows(), grid.columns(), grid.code());
        return new CodeGrid(
                rows(grid.rows(), grid.columns()), columns(grid.rows(), grid.columns()), grid.code(), values);
    }
}
