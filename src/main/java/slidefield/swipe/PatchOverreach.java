package slidefield.swipe;

import java.util.Random;

/**
 * Stochastic Patch Overreach, SPO (section 2.2): in training every point is also decoded from neighbouring patches, so that
 * embeddings agree about what lies across a border. As in the released code a neighbour before the first patch becomes the
 * second one, and one behind the last patch the last one.
 */
public final class PatchOverreach {
    /** Right, left, below, above, then the diagonal ones: columns and rows. */
    private static final int[][] OFFSETS = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}};

    private PatchOverreach() {}

    /**
     * @param grid of patches
     * @param patches of the points
     * @param connectivity neighbours to choose from, 4 or 8
     * @param occurrences N_o, neighbours for each point; one may be drawn several times
     * @param random drawn from in the order of the result
     * @return neighbours, those of the first point first
     */
    static int[] neighbours(PatchGrid grid, int[] patches, int connectivity, int occurrences, Random random) {
        int[] neighbours = new int[patches.length * occurrences];
        for (int i = 0; i < neighbours.length; i++) {
            int patch = patches[i / occurrences];
            int[] offset = OFFSETS[random.nextInt(connectivity)];
            int column = reflected(patch % grid.columns() + offset[0], grid.columns());
            int row = reflected(patch / grid.columns() + offset[1], grid.rows());
            neighbours[i] = row * grid.columns() + column;
        }
        return neighbours;
    }

    /**
     * An index one step outside brought back; of a single patch, that patch.
     *
     * @param index of a patch along an axis, from -1 to count
     * @param count of patches along it
     * @return 0 to count - 1
     */
    public static int reflected(int index, int count) {
        return index < 0 ? Math.min(1, count - 1) : Math.min(index, count - 1);
    }
}
