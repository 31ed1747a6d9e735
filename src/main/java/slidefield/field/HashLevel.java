package slidefield.field;

/**
 * One level of the hash grid: its resolution, where its entries lie in the shared table and how a vertex finds its
 * entry (Mueller et al. 2022; formulas of tiny-cuda-nn's grid encoding).
 *
 * @param scale {@code N_min * b^l - 1}: grid cells across the unit interval
 * @param resolution vertices per axis, {@code ceil(scale) + 1}
 * @param entries entries of this level, {@code min(resolution^2 rounded up to a multiple of 8, T)}
 * @param offset index of the level's first entry in the whole table
 * @param dense whether every vertex has an entry of its own; otherwise vertices share entries by hash
 */
public record HashLevel(double scale, int resolution, int entries, int offset, boolean dense) {
    /** The second axis's prime; the first axis's is 1, which keeps neighbours along a row together. */
    static final int PRIME = (int) 2654435761L;

    /** Level {@code l} of a grid whose earlier levels take {@code offset} entries. */
    static HashLevel of(int l, HashGridOptions options, int offset) {
        double scale = options.baseResolution() * Math.pow(options.levelScale(), l) - 1;
        long resolution = (long) Math.ceil(scale) + 1;
        long vertices = resolution * resolution;
        long table = 1L << options.log2Table();
        boolean dense = vertices <= table;
        long entries = Math.min((vertices + 7) / 8 * 8, table);
        return new HashLevel(scale, Math.toIntExact(resolution), Math.toIntExact(entries), offset, dense);
    }

    /** Position of a coordinate in this level's cells: the integer part is the cell, the rest the weight. */
    public double position(double coordinate) {
        return coordinate * scale + 0.5;
    }

    /** Coordinate of the vertices in a column or row: where {@link #position} is that whole number. */
    public double coordinate(int vertex) {
        return (vertex - 0.5) / scale;
    }

    /**
     * The entry of a vertex, counted from the level's first. Vertices beyond a dense level's border (reached
     * only with weight at the far edge of the unit square) are clamped to it.
     */
    public int entry(int x, int y) {
        if (dense) {
            int cx = Math.min(Math.max(x, 0), resolution - 1);
            int cy = Math.min(Math.max(y, 0), resolution - 1);
            return cx + cy * resolution;
        }
        return (x ^ (y * PRIME)) & (entries - 1);
    }
}
