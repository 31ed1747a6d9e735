package slidefield.swipe;

import slidefield.nn.kernels.Parallel;

/** A loop over many points, in pieces on all threads. Each point is computed by itself, so the bits do not depend on them. */
public final class PointLoop {
    /** Points of a piece, some twenty microseconds of coordinates and Fourier features. */
    private static final int PIECE = 512;

    private PointLoop() {}

    /** What is done with some of the points. */
    public interface Piece {
        /**
         * @param first of the points
         * @param end the one after the last
         */
        void run(int first, int end);
    }

    /**
     * @param points how many there are in all
     * @param piece called for all of them, each once, from several threads
     */
    public static void run(int points, Piece piece) {
        int pieces = (points + PIECE - 1) / PIECE;
        Parallel.forEach(pieces, k -> piece.run(k * PIECE, Math.min(points, (k + 1) * PIECE)));
    }
}
