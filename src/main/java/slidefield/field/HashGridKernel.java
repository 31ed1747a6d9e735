package slidefield.field;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The hash grid's loops in float32 on off-heap memory. A window is a product of its columns and rows, so cells and
 * weights are found once per column and once per row, and a row's neighbouring points that share a cell share its
 * four corners. Forward runs in parallel over rows, backward in parallel over levels: every number is summed by one
 * thread in one order, so the result has the same bits for any number of threads. Thread-safe: holds no state
 * between calls.
 */
final class HashGridKernel {
    private final List<HashLevel> levels;
    private final int features;

    HashGridKernel(List<HashLevel> levels, int features) {
        this.levels = levels;
        this.features = features;
    }

    /** Cells and weights of the points along one axis at one level. */
    private record Axis(int[] cell, float[] fraction) {
        static Axis of(HashLevel level, double start, double step, int count) {
            int[] cell = new int[count];
            float[] fraction = new float[count];
            for (int i = 0; i < count; i++) {
                double position = level.position(start + i * step);
                double floor = Math.floor(position);
                cell[i] = (int) floor;
                fraction[i] = (float) (position - floor);
            }
            return new Axis(cell, fraction);
        }
    }

    private Axis columns(HashLevel level, Window w) {
        return Axis.of(level, w.x(), w.stepX(), w.width());
    }

    private Axis rows(HashLevel level, Window w) {
        return Axis.of(level, w.y(), w.stepY(), w.height());
    }

    /**
     * Interpolates all levels at all points.
     *
     * @param table entries x F
     * @param window the points
     * @param out rows x columns x (L F), overwritten
     */
    void forward(FloatBuffer table, Window window, FloatBuffer out) {
        int n = levels.size();
        Axis[] columns = new Axis[n];
        Axis[] rows = new Axis[n];
        for (int l = 0; l < n; l++) {
            columns[l] = columns(levels.get(l), window);
            rows[l] = rows(levels.get(l), window);
        }
        IntStream.range(0, window.height()).parallel().forEach(j -> {
            for (int l = 0; l < n; l++) {
                forwardRow(levels.get(l), l, columns[l], rows[l], j, window.width(), table, out);
            }
        });
    }

    private void forwardRow(
            HashLevel level, int l, Axis columns, Axis rows, int j, int width, FloatBuffer table, FloatBuffer out) {
        int y = rows.cell[j];
        float fy = rows.fraction[j];
        float gy = 1 - fy;
        int stride = levels.size() * features;
        int at = j * width * stride + l * features;
        int last = Integer.MIN_VALUE;
        int c00 = 0;
        int c10 = 0;
        int c01 = 0;
        int c11 = 0;
        for (int i = 0; i < width; i++, at += stride) {
            int x = columns.cell[i];
            if (x != last) {
                last = x;
                c00 = (level.offset() + level.entry(x, y)) * features;
                c10 = (level.offset() + level.entry(x + 1, y)) * features;
                c01 = (level.offset() + level.entry(x, y + 1)) * features;
                c11 = (level.offset() + level.entry(x + 1, y + 1)) * features;
            }
            float fx = columns.fraction[i];
            float gx = 1 - fx;
            float w00 = gx * gy;
            float w10 = fx * gy;
            float w01 = gx * fy;
            float w11 = fx * fy;
            for (int f = 0; f < features; f++) {
                out.put(
                        at + f,
                        w00 * table.get(c00 + f)
                                + w10 * table.get(c10 + f)
                                + w01 * table.get(c01 + f)
                                + w11 * table.get(c11 + f));
            }
        }
    }

    /**
     * Adds the points' gradients to the entries that made them.
     *
     * @param gradient rows x columns x (L F)
     * @param window the points
     * @param tableGradient entries x F, overwritten: zero where no point reaches
     */
    void backward(FloatBuffer gradient, Window window, FloatBuffer tableGradient) {
        // The finest levels scatter the most and come first, so that the last task to finish is a small one.
        IntStream.range(0, levels.size()).parallel().forEach(k -> {
            int l = levels.size() - 1 - k;
            HashLevel level = levels.get(l);
            zero(tableGradient, level.offset() * features, level.entries() * features);
            Axis columns = columns(level, window);
            Axis rows = rows(level, window);
            for (int j = 0; j < window.height(); j++) {
                backwardRow(level, l, columns, rows, j, window.width(), gradient, tableGradient);
            }
        });
    }

    private static void zero(FloatBuffer buffer, int from, int count) {
        for (int i = from; i < from + count; i++) {
            buffer.put(i, 0f);
        }
    }

    /** Sums the points of one row cell by cell, and touches the table once per cell and corner. */
    private void backwardRow(
            HashLevel level, int l, Axis columns, Axis rows, int j, int width, FloatBuffer gradient, FloatBuffer sums) {
        int y = rows.cell[j];
        float fy = rows.fraction[j];
        float gy = 1 - fy;
        int stride = levels.size() * features;
        for (int f = 0; f < features; f++) {
            int at = j * width * stride + l * features + f;
            for (int i = 0; i < width; ) {
                int x = columns.cell[i];
                float left = 0;
                float right = 0;
                for (; i < width && columns.cell[i] == x; i++, at += stride) {
                    float g = gradient.get(at);
                    float fx = columns.fraction[i];
                    left += (1 - fx) * g;
                    right += fx * g;
                }
                add(sums, (level.offset() + level.entry(x, y)) * features + f, left * gy);
                add(sums, (level.offset() + level.entry(x + 1, y)) * features + f, right * gy);
                add(sums, (level.offset() + level.entry(x, y + 1)) * features + f, left * fy);
                add(sums, (level.offset() + level.entry(x + 1, y + 1)) * features + f, right * fy);
            }
        }
    }

    private static void add(FloatBuffer sums, int index, float value) {
        sums.put(index, sums.get(index) + value);
    }
}
