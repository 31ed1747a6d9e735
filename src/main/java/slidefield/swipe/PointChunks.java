package slidefield.swipe;

/** Many points asked in chunks of one size, the last one reaching back, so that kernels are prepared for one size only. */
final class PointChunks {
    private static final int SIZE = 8192;

    private PointChunks() {}

    /** What is done with a chunk. */
    interface Work {
        /**
         * @param start the first of its points among all
         * @param x their columns
         * @param y their rows
         */
        void run(int start, float[] x, float[] y);
    }

    /** Does the work with every point; with some of them twice. */
    static void forEach(float[] x, float[] y, Work work) {
        int size = Math.min(SIZE, x.length);
        for (int done = 0; done < x.length; done += size) {
            int start = Math.min(done, x.length - size);
            float[] chunkX = new float[size];
            float[] chunkY = new float[size];
            System.arraycopy(x, start, chunkX, 0, size);
            System.arraycopy(y, start, chunkY, 0, size);
            work.run(start, chunkX, chunkY);
        }
    }

    /**
     * @param x columns of all points
     * @param y their rows
     * @param outputs logits a point
     * @param field answers the points of a chunk
     * @return points x outputs
     */
    static float[] logits(float[] x, float[] y, int outputs, Mise.Field field) {
        float[] logits = new float[x.length * outputs];
        forEach(x, y, (start, chunkX, chunkY) -> {
            float[] found = field.logits(chunkX, chunkY);
            System.arraycopy(found, 0, logits, start * outputs, found.length);
        });
        return logits;
    }

    /** The points of a lattice: their columns and their rows. */
    static float[][] places(Lattice lattice) {
        float[][] places = new float[2][lattice.count()];
        for (int i = 0; i < lattice.count(); i++) {
            places[0][i] = lattice.x(i);
            places[1][i] = lattice.y(i);
        }
        return places;
    }
}
