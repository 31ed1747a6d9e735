package slidefield.notebook;

import java.util.List;
import slidefield.field.HashGridOptions;
import slidefield.field.HashLevel;
import slidefield.field.LevelUse;
import slidefield.field.Window;
import slidefield.fit.Plane;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A hash grid's levels on a slide, counted. */
public final class LevelTable {
    private LevelTable() {}

    /**
     * One row per level: its number, kind (dense or hashed), the slide's pixels across one of its cells, the vertices that
     * the slide's pixels need, the level's entries, vertices per used entry, and the share of vertices that collide, as
     * counted and as a perfectly random hash would give on average.
     *
     * @param options of the grid
     * @param plane the slide
     */
    public static Table of(HashGridOptions options, Plane plane) {
        Window window = plane.window(0, 0, plane.width(), plane.height());
        IntColumn number = IntColumn.create("level");
        StringColumn kind = StringColumn.create("kind");
        DoubleColumn pixels = DoubleColumn.create("pixels per cell");
        LongColumn vertices = LongColumn.create("vertices");
        IntColumn entries = IntColumn.create("entries");
        DoubleColumn load = DoubleColumn.create("vertices per used entry");
        DoubleColumn colliding = DoubleColumn.create("colliding");
        DoubleColumn random = DoubleColumn.create("by chance");
        List<HashLevel> levels = options.plan();
        for (int l = 0; l < levels.size(); l++) {
            HashLevel level = levels.get(l);
            LevelUse use = LevelUse.of(level, window);
            number.append(l);
            kind.append(level.dense() ? "dense" : "hashed");
            pixels.append(1 / (level.scale() * window.stepX()));
            vertices.append(use.vertices());
            entries.append(use.entries());
            load.append(use.load());
            colliding.append(use.collidingShare());
            random.append(level.dense() ? 0 : byChance(use.vertices(), use.entries()));
        }
        return Table.create(
                "Levels on " + plane.name(), number, kind, pixels, vertices, entries, load, colliding, random);
    }

    /** The chance that at least one of the n - 1 other vertices falls on a vertex's entry: 1 - (1 - 1/T)^(n - 1). */
    static double byChance(long vertices, int entries) {
        return -Math.expm1((vertices - 1) * Math.log1p(-1.0 / entries));
    }
}
