package slidefield.field;

import java.util.ArrayList;
import java.util.List;

/**
 * Size of a multi-resolution hash grid.
 *
 * @param levels L, number of resolutions, 1 to 32
 * @param log2Table log2 of T, the largest number of entries of a level, 3 to 28
 * @param features F, trained numbers per entry, 1 to 8
 * @param baseResolution N_min, cells across the longer side at level 0 (the paper: 16)
 * @param levelScale b, ratio of neighbouring levels' resolutions (the paper: 1.5)
 */
public record HashGridOptions(int levels, int log2Table, int features, int baseResolution, double levelScale) {
    public HashGridOptions {
        require(levels >= 1 && levels <= 32, "levels must be 1 to 32, got " + levels);
        require(log2Table >= 3 && log2Table <= 28, "log2Table must be 3 to 28, got " + log2Table);
        require(features >= 1 && features <= 8, "features must be 1 to 8, got " + features);
        require(baseResolution >= 2, "baseResolution must be at least 2, got " + baseResolution);
        require(levelScale > 1 && levelScale <= 4, "levelScale must be in (1, 4], got " + levelScale);
        double finest = baseResolution * Math.pow(levelScale, levels - 1);
        require(
                finest < (1 << 30),
                "the finest of " + levels + " levels would have " + finest
                        + " cells; use fewer levels or a smaller levelScale");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The levels from the coarsest to the finest. */
    public List<HashLevel> plan() {
        List<HashLevel> plan = new ArrayList<>();
        int offset = 0;
        for (int l = 0; l < levels; l++) {
            HashLevel level = HashLevel.of(l, this, offset);
            plan.add(level);
            offset = Math.addExact(offset, level.entries());
        }
        return List.copyOf(plan);
    }

    /** Trained numbers of the whole grid: F times the entries of all levels. */
    public long parameterCount() {
        return plan().stream().mapToLong(HashLevel::entries).sum() * features;
    }

    /**
     * Entries that the cells of a square window have as corners, over all levels, at most.
     *
     * @param extent of the window, as a share of the unit interval
     */
    public long touchedEntries(double extent) {
        long touched = 0;
        for (HashLevel level : plan()) {
            long corners = (long) Math.min(Math.ceil(extent * level.scale()) + 2, level.resolution());
            touched += Math.min(corners * corners, level.entries());
        }
        return touched;
    }
}
