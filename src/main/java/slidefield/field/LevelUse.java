package slidefield.field;

import java.util.ArrayList;
import java.util.List;

/**
 * How one level spreads the vertices that a window needs over its entries: counted, not estimated. Where vertices share
 * an entry they collide, which WSI-INR's section 2 speaks of: each of them moves the numbers of the others.
 *
 * @param vertices corners of the cells that hold a point of the window
 * @param entries the level's entries
 * @param used entries that at least one of the vertices has
 * @param colliding vertices that share their entry with at least one other
 * @param most vertices at the entry that has the most
 */
public record LevelUse(long vertices, int entries, int used, long colliding, int most) {
    /**
     * A vertex.
     *
     * @param x its column
     * @param y its row
     */
    public record Vertex(int x, int y) {}

    /**
     * Counts. Takes 4 bytes per entry, and time in proportion to the vertices.
     *
     * @param level of the grid
     * @param window the points, such as a whole slide's
     */
    public static LevelUse of(HashLevel level, Window window) {
        int[] at = new int[level.entries()];
        visit(level, window, (x, y, entry) -> at[entry]++);
        long vertices = 0;
        int used = 0;
        long colliding = 0;
        int most = 0;
        for (int count : at) {
            // A dense level's vertices beyond its border are clamped to it: they are no others.
            int there = level.dense() ? Math.min(1, count) : count;
            vertices += there;
            used += there > 0 ? 1 : 0;
            colliding += there > 1 ? there : 0;
            most = Math.max(most, there);
        }
        return new LevelUse(vertices, level.entries(), used, colliding, most);
    }

    /**
     * The vertices that share one entry.
     *
     * @param level of the grid
     * @param window the points
     * @param entry counted from the level's first
     * @return from the top row to the bottom, each row from the left; empty where no vertex has it
     */
    public static List<Vertex> sharing(HashLevel level, Window window, int entry) {
        List<Vertex> found = new ArrayList<>();
        visit(level, window, (x, y, its) -> {
            if (its == entry) {
                found.add(new Vertex(x, y));
            }
        });
        return List.copyOf(found);
    }

    /** Vertices per used entry: 1 where nothing collides. */
    public double load() {
        return (double) vertices / used;
    }

    /** Share of the vertices that collide, 0 to 1. */
    public double collidingShare() {
        return (double) colliding / vertices;
    }

    private interface Visitor {
        void vertex(int x, int y, int entry);
    }

    /** Every vertex once, row by row. */
    private static void visit(HashLevel level, Window window, Visitor visitor) {
        LevelPlan plan = new LevelPlan(level);
        plan.fill(window);
        int below = Integer.MIN_VALUE;
        for (int j = 0; j < window.height(); j++) {
            for (int y = Math.max(plan.rowCell(j), below); y <= plan.rowCell(j) + 1; y++) {
                for (int k = 0; k < plan.vertices(); k++) {
                    visitor.vertex(plan.vertex(k), y, level.entry(plan.vertex(k), y));
                }
            }
            below = Math.max(below, plan.rowCell(j) + 2);
        }
    }
}
