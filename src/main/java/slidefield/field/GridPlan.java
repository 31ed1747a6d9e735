package slidefield.field;

import java.util.List;
import slidefield.nn.Chunks;
import slidefield.nn.SparseGradient;

/**
 * One window as a hash grid sees it: cells and weights at every level, the chunks of the table that it reads, and
 * room for the sums of its backward pass. Filled again for every window, without making garbage.
 */
final class GridPlan {
    /** Neighbouring vertices along a row, from a multiple of this on, have neighbouring entries by the hash. */
    private static final int BLOCK = 32;

    private final LevelPlan[] levels;
    private final int[] begin;
    private final int features;
    private final Chunks chunks;
    private final SparseGradient gradient;
    private Window window;
    private float[] rowSums = {};

    GridPlan(List<HashLevel> levels, int features) {
        this.levels = levels.stream().map(LevelPlan::new).toArray(LevelPlan[]::new);
        this.begin = new int[levels.size() + 1];
        this.features = features;
        HashLevel last = levels.get(levels.size() - 1);
        this.chunks = new Chunks((long) (last.offset() + last.entries()) * features);
        this.gradient = new SparseGradient(chunks);
    }

    void fill(Window next) {
        window = next;
        chunks.clear();
        for (int l = 0; l < levels.length; l++) {
            levels[l].fill(next);
            begin[l + 1] = begin[l] + levels[l].vertices() * features;
        }
    }

    Window window() {
        return window;
    }

    int levels() {
        return levels.length;
    }

    LevelPlan level(int l) {
        return levels[l];
    }

    /** Sums of the gradient per row and vertex: rows x (vertices of all levels) x F. */
    float[] rowSums() {
        int needed = window.height() * rowLength();
        if (rowSums.length < needed) {
            rowSums = new float[needed];
        }
        return rowSums;
    }

    /** Where a level's vertices begin among the sums of a row. */
    int begin(int l) {
        return begin[l];
    }

    /** Sums of a row. */
    int rowLength() {
        return begin[levels.length];
    }

    /** Where the backward pass leaves its result. */
    SparseGradient gradient() {
        return gradient;
    }

    /** The chunks found by {@link #touch}; none before. */
    Chunks chunks() {
        return chunks;
    }

    /** Finds the chunks of the table that the window's vertices have their entries in; perhaps a few more. */
    Chunks touch() {
        for (LevelPlan level : levels) {
            int last = Integer.MIN_VALUE;
            for (int j = 0; j < window.height(); j++) {
                int y = level.rowCell(j);
                if (y > last) {
                    touch(level, y);
                }
                if (y + 1 > last) {
                    touch(level, y + 1);
                    last = y + 1;
                }
            }
        }
        return chunks;
    }

    private void touch(LevelPlan plan, int y) {
        HashLevel level = plan.level();
        int vertices = plan.vertices();
        if (level.dense()) {
            int first = level.entry(plan.vertex(0), y);
            int last = level.entry(plan.vertex(vertices - 1), y);
            add(level.offset() + first, level.offset() + last + 1);
            return;
        }
        int size = Math.min(BLOCK, level.entries());
        int block = Integer.MIN_VALUE;
        for (int k = 0; k < vertices; k++) {
            int x = plan.vertex(k) & -size;
            if (x != block) {
                block = x;
                int first = level.offset() + (level.entry(x, y) & -size);
                add(first, first + size);
            }
        }
    }

    private void add(int fromEntry, int toEntry) {
        chunks.add(fromEntry * features, toEntry * features);
    }
}
