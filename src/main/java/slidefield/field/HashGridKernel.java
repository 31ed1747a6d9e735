package slidefield.field;

import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import slidefield.nn.Chunks;
import slidefield.nn.SparseGradient;
import slidefield.nn.kernels.Parallel;

/**
 * The hash grid's loops in float32. Bilinear interpolation is done along the columns first, where a row of points
 * shares two rows of vertices, and then along the row, where neighbouring points share a cell; so the table is read
 * once per vertex, and backwards it is written once per vertex. Forward runs in parallel over rows; backward sums in
 * parallel over rows what a row's points give to its vertices, and then in parallel over levels what the rows give to
 * the entries: every number is summed by one thread in one order, so the result has the same bits for any number of
 * threads. Thread-safe.
 */
final class HashGridKernel {
    /** Rows of a turn of a parallel loop: neighbours often need the same rows of vertices. */
    private static final int GRAIN = 8;

    private static final ThreadLocal<VertexRows> ROWS = ThreadLocal.withInitial(VertexRows::new);

    private final List<HashLevel> levels;
    private final int features;
    private final int stride;
    private final Deque<GridPlan> free = new ArrayDeque<>();

    HashGridKernel(HashGridOptions options) {
        this.levels = options.plan();
        this.features = options.features();
        this.stride = levels.size() * features;
    }

    /** Finds cells and weights of a window's points. To be given back. */
    GridPlan plan(Window window) {
        GridPlan plan;
        synchronized (free) {
            plan = free.poll();
        }
        if (plan == null) {
            plan = new GridPlan(levels, features);
        }
        plan.fill(window);
        return plan;
    }

    /** Takes back a plan that nobody uses any more. */
    void give(GridPlan plan) {
        synchronized (free) {
            free.push(plan);
        }
    }

    private static int turns(GridPlan plan) {
        return (plan.window().height() + GRAIN - 1) / GRAIN;
    }

    private static int last(GridPlan plan, int turn) {
        return Math.min(plan.window().height(), (turn + 1) * GRAIN);
    }

    /**
     * Interpolates all levels at all points.
     *
     * @param table entries x F
     * @param plan of the window
     * @param out rows x columns x (L F), overwritten
     */
    void forward(FloatBuffer table, GridPlan plan, FloatBuffer out) {
        int length = plan.window().width() * stride;
        Parallel.forEach(turns(plan), turn -> {
            VertexRows rows = ROWS.get().reset(plan, features);
            float[] row = rows.row(length);
            for (int j = turn * GRAIN; j < last(plan, turn); j++) {
                for (int l = 0; l < plan.levels(); l++) {
                    float[] vertices = rows.interpolate(table, l, j);
                    if (features == 2) {
                        interpolatePairs(plan.level(l), vertices, row, 2 * l);
                    } else {
                        interpolate(plan.level(l), vertices, row, l * features);
                    }
                }
                out.put(j * length, row, 0, length);
            }
        });
    }

    private void interpolate(LevelPlan plan, float[] vertices, float[] row, int at) {
        float[] weights = plan.weights();
        for (int r = 0; r < plan.runs(); r++) {
            for (int f = 0; f < features; f++) {
                float left = vertices[plan.left(r) * features + f];
                float slope = vertices[(plan.left(r) + 1) * features + f] - left;
                for (int i = plan.run(r); i < plan.run(r + 1); i++) {
                    row[at + i * stride + f] = left + weights[i] * slope;
                }
            }
        }
    }

    /** The same for F = 2. */
    private void interpolatePairs(LevelPlan plan, float[] vertices, float[] row, int at) {
        float[] weights = plan.weights();
        for (int r = 0; r < plan.runs(); r++) {
            int left = 2 * plan.left(r);
            float first = vertices[left];
            float second = vertices[left + 1];
            float firstSlope = vertices[left + 2] - first;
            float secondSlope = vertices[left + 3] - second;
            int end = plan.run(r + 1);
            for (int i = plan.run(r); i < end; i++) {
                float weight = weights[i];
                row[at + i * stride] = first + weight * firstSlope;
                row[at + i * stride + 1] = second + weight * secondSlope;
            }
        }
    }

    /**
     * Sums the points' gradients to the entries that made them.
     *
     * @param gradient rows x columns x (L F)
     * @param plan of the window, its chunks touched
     * @return d loss / d table; valid until the plan is given back
     */
    SparseGradient backward(FloatBuffer gradient, GridPlan plan) {
        float[] rowSums = plan.rowSums();
        SparseGradient result = plan.gradient();
        float[] values = result.reset();
        int stored = result.chunks().size() * Chunks.SIZE;
        int length = plan.window().width() * stride;
        int turns = turns(plan);
        Parallel.forEach(turns, turn -> {
            Arrays.fill(values, share(stored, turn, turns), share(stored, turn + 1, turns), 0);
            float[] row = ROWS.get().row(length);
            for (int j = turn * GRAIN; j < last(plan, turn); j++) {
                gradient.get(j * length, row, 0, length);
                int at = j * plan.rowLength();
                Arrays.fill(rowSums, at, at + plan.rowLength(), 0);
                for (int l = 0; l < plan.levels(); l++) {
                    if (features == 2) {
                        sumPairs(plan.level(l), row, 2 * l, rowSums, at + plan.begin(l));
                    } else {
                        sum(plan.level(l), row, l * features, rowSums, at + plan.begin(l));
                    }
                }
            }
        });
        // The finest levels have the most vertices and come first, so that the last turn is a small one.
        Parallel.forEach(plan.levels(), turn -> {
            int l = plan.levels() - 1 - turn;
            ROWS.get().reset(plan, features).scatter(l, rowSums, result);
        });
        return result;
    }

    private static int share(int whole, int turn, int turns) {
        return (int) ((long) whole * turn / turns);
    }

    private void sum(LevelPlan plan, float[] row, int at, float[] sums, int to) {
        float[] weights = plan.weights();
        for (int r = 0; r < plan.runs(); r++) {
            for (int f = 0; f < features; f++) {
                float left = 0;
                float right = 0;
                for (int i = plan.run(r); i < plan.run(r + 1); i++) {
                    float g = row[at + i * stride + f];
                    left += (1 - weights[i]) * g;
                    right += weights[i] * g;
                }
                sums[to + plan.left(r) * features + f] += left;
                sums[to + (plan.left(r) + 1) * features + f] += right;
            }
        }
    }

    /** The same for F = 2. */
    private void sumPairs(LevelPlan plan, float[] row, int at, float[] sums, int to) {
        float[] weights = plan.weights();
        for (int r = 0; r < plan.runs(); r++) {
            float firstLeft = 0;
            float secondLeft = 0;
            float firstRight = 0;
            float secondRight = 0;
            int end = plan.run(r + 1);
            for (int i = plan.run(r); i < end; i++) {
                float right = weights[i];
                float left = 1 - right;
                float first = row[at + i * stride];
                float second = row[at + i * stride + 1];
                firstLeft += left * first;
                secondLeft += left * second;
                firstRight += right * first;
                secondRight += right * second;
            }
            int vertex = to + 2 * plan.left(r);
            sums[vertex] += firstLeft;
            sums[vertex + 1] += secondLeft;
            sums[vertex + 2] += firstRight;
            sums[vertex + 3] += secondRight;
        }
    }
}
