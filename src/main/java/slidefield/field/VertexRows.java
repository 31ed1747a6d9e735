package slidefield.field;

import java.nio.FloatBuffer;
import java.util.Arrays;
import slidefield.nn.Chunks;
import slidefield.nn.SparseGradient;

/**
 * One thread's two rows of vertices per level, between which a row of points lies. Points come row by row, so the
 * next row of points often lies between the same two, or the lower one becomes the upper one.
 */
final class VertexRows {
    private GridPlan plan;
    private int features;
    private float[][] upper = {};
    private float[][] lower = {};
    private int[] y = {};
    private float[] between = {};
    private int[] entries = {};
    private float[] row = {};

    /** Forgets what it held and gets ready for a window. */
    VertexRows reset(GridPlan next, int perEntry) {
        plan = next;
        features = perEntry;
        if (y.length < next.levels()) {
            y = new int[next.levels()];
            upper = new float[next.levels()][0];
            lower = new float[next.levels()][0];
        }
        for (int l = 0; l < next.levels(); l++) {
            y[l] = Integer.MIN_VALUE;
            int needed = next.level(l).vertices() * perEntry;
            if (upper[l].length < needed) {
                upper[l] = new float[needed];
                lower[l] = new float[needed];
            }
            if (between.length < needed) {
                between = new float[needed];
                entries = new int[needed];
            }
        }
        return this;
    }

    /** Room for one row of points, columns x (L F). */
    float[] row(int length) {
        if (row.length < length) {
            row = new float[length];
        }
        return row;
    }

    /** A level's vertices interpolated along the columns to where a row of points lies, vertices x F. */
    float[] interpolate(FloatBuffer table, int l, int j) {
        LevelPlan level = plan.level(l);
        int cell = level.rowCell(j);
        if (y[l] != cell) {
            if (y[l] == cell - 1) {
                swap(l);
            } else {
                gather(table, level, cell, upper[l]);
            }
            gather(table, level, cell + 1, lower[l]);
            y[l] = cell;
        }
        float[] above = upper[l];
        float[] below = lower[l];
        float[] result = between;
        float weight = level.rowWeight(j);
        int count = level.vertices() * features;
        for (int k = 0; k < count; k++) {
            result[k] = above[k] + weight * (below[k] - above[k]);
        }
        return result;
    }

    private void swap(int l) {
        float[] other = upper[l];
        upper[l] = lower[l];
        lower[l] = other;
    }

    private void gather(FloatBuffer table, LevelPlan level, int row, float[] into) {
        int count = level.vertices();
        int[] entry = entries;
        level.entries(row, entry);
        if (features == 2) {
            for (int k = 0; k < count; k++) {
                into[2 * k] = table.get(2 * entry[k]);
                into[2 * k + 1] = table.get(2 * entry[k] + 1);
            }
        } else {
            for (int k = 0; k < count; k++) {
                for (int f = 0; f < features; f++) {
                    into[k * features + f] = table.get(entry[k] * features + f);
                }
            }
        }
    }

    /**
     * Adds a level's sums of all rows of points to the entries of their vertices.
     *
     * @param rowSums rows x (vertices of all levels) x F
     * @param into the table's gradient
     */
    void scatter(int l, float[] rowSums, SparseGradient into) {
        LevelPlan level = plan.level(l);
        int count = level.vertices() * features;
        int cell = level.rowCell(0);
        Arrays.fill(upper[l], 0, count, 0);
        Arrays.fill(lower[l], 0, count, 0);
        for (int j = 0; j < plan.window().height(); j++) {
            int next = level.rowCell(j);
            if (next != cell) {
                add(level, cell, upper[l], into);
                if (next == cell + 1) {
                    swap(l);
                } else {
                    add(level, cell + 1, lower[l], into);
                    Arrays.fill(upper[l], 0, count, 0);
                }
                Arrays.fill(lower[l], 0, count, 0);
                cell = next;
            }
            share(rowSums, j * plan.rowLength() + plan.begin(l), count, level.rowWeight(j), upper[l], lower[l]);
        }
        add(level, cell, upper[l], into);
        add(level, cell + 1, lower[l], into);
    }

    private static void share(float[] sums, int at, int count, float weight, float[] above, float[] below) {
        float rest = 1 - weight;
        for (int k = 0; k < count; k++) {
            float sum = sums[at + k];
            above[k] += rest * sum;
            below[k] += weight * sum;
        }
    }

    private void add(LevelPlan level, int row, float[] sums, SparseGradient into) {
        int count = level.vertices();
        int[] entry = entries;
        level.entries(row, entry);
        Chunks chunks = into.chunks();
        float[] values = into.values();
        if (features == 2) {
            for (int k = 0; k < count; k++) {
                int at = chunks.stored(2 * entry[k]);
                values[at] += sums[2 * k];
                values[at + 1] += sums[2 * k + 1];
            }
        } else {
            for (int k = 0; k < count; k++) {
                for (int f = 0; f < features; f++) {
                    values[chunks.stored(entry[k] * features + f)] += sums[k * features + f];
                }
            }
        }
    }
}
