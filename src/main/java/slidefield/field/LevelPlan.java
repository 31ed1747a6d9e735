package slidefield.field;

/**
 * One window as one level sees it. A window is a product of columns and rows, so cells and weights are found once per
 * column and once per row; and a row of points needs only the vertices left and right of its columns. Filled again
 * for every window, without making garbage.
 */
final class LevelPlan {
    private final HashLevel level;

    /** First column of every run of columns that share a cell, and one past the last column. */
    private int[] run = {};

    private int runs;

    /** Per run: the place of its cell's left vertex among {@link #vertex}; the right one follows it. */
    private int[] left = {};

    /** x of the vertices that the columns need, ascending. */
    private int[] vertex = {};

    private int vertices;

    /** Per column: the right vertex's weight. */
    private float[] weight = {};

    /** Per row: its cell and the lower vertices' weight. */
    private int[] rowCell = {};

    private float[] rowWeight = {};

    LevelPlan(HashLevel level) {
        this.level = level;
    }

    void fill(Window window) {
        fillColumns(window);
        int rows = window.height();
        if (rowCell.length < rows) {
            rowCell = new int[rows];
            rowWeight = new float[rows];
        }
        for (int j = 0; j < rows; j++) {
            double position = level.position(window.y() + j * window.stepY());
            double cell = Math.floor(position);
            rowCell[j] = (int) cell;
            rowWeight[j] = (float) (position - cell);
        }
    }

    private void fillColumns(Window window) {
        int columns = window.width();
        if (weight.length < columns) {
            weight = new float[columns];
            run = new int[columns + 1];
            left = new int[columns];
            vertex = new int[2 * columns];
        }
        runs = 0;
        vertices = 0;
        for (int i = 0; i < columns; i++) {
            double position = level.position(window.x() + i * window.stepX());
            double floor = Math.floor(position);
            int cell = (int) floor;
            weight[i] = (float) (position - floor);
            if (i == 0 || cell > vertex[vertices - 2]) {
                if (i == 0 || cell > vertex[vertices - 1]) {
                    vertex[vertices++] = cell;
                }
                vertex[vertices++] = cell + 1;
                left[runs] = vertices - 2;
                run[runs++] = i;
            }
        }
        run[runs] = columns;
    }

    HashLevel level() {
        return level;
    }

    int runs() {
        return runs;
    }

    /** First column of a run; that of {@code runs()} is the number of columns. */
    int run(int r) {
        return run[r];
    }

    /** Place of a run's left vertex among the vertices. */
    int left(int r) {
        return left[r];
    }

    /** Vertices per row. */
    int vertices() {
        return vertices;
    }

    /** Weights of the right vertices by column. */
    float[] weights() {
        return weight;
    }

    /** Cell of a row: its upper vertices have this y, its lower ones one more. */
    int rowCell(int j) {
        return rowCell[j];
    }

    /** Weight of a row's lower vertices. */
    float rowWeight(int j) {
        return rowWeight[j];
    }

    /** x of a vertex. */
    int vertex(int place) {
        return vertex[place];
    }

    /**
     * Where a row of vertices has its entries: indices into the whole table.
     *
     * @param y of the row
     * @param into by place, filled
     */
    void entries(int y, int[] into) {
        int offset = level.offset();
        int[] x = vertex;
        if (level.dense()) {
            int most = level.resolution() - 1;
            int first = offset + Math.min(Math.max(y, 0), most) * level.resolution();
            for (int k = 0; k < vertices; k++) {
                into[k] = first + Math.min(Math.max(x[k], 0), most);
            }
        } else {
            int hash = y * HashLevel.PRIME;
            int mask = level.entries() - 1;
            for (int k = 0; k < vertices; k++) {
                into[k] = offset + ((x[k] ^ hash) & mask);
            }
        }
    }
}
