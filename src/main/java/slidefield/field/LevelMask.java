package slidefield.field;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import slidefield.io.InputException;

/**
 * Which levels of a hash grid reach the decoder; the features of the others are zero (WSI-INR section 4, Fig. 4:
 * full, low-level only and high-level only). Low levels are the coarse ones.
 *
 * @param open per level, from the coarsest to the finest, whether it passes; at least one does
 */
public record LevelMask(List<Boolean> open) {
    public LevelMask {
        open = List.copyOf(open);
        if (!open.contains(true)) {
            throw new IllegalArgumentException("a mask of " + open.size() + " levels has to let at least one through");
        }
    }

    /** Every level passes. */
    public static LevelMask all(int levels) {
        return where(levels, level -> true);
    }

    /** Only the {@code count} coarsest levels pass. */
    public static LevelMask lowest(int levels, int count) {
        return where(levels, level -> level < count);
    }

    /** Only the {@code count} finest levels pass. */
    public static LevelMask highest(int levels, int count) {
        return where(levels, level -> level >= levels - count);
    }

    /**
     * All levels pass but one.
     *
     * @param level counted from 0, the coarsest
     */
    public static LevelMask without(int levels, int level) {
        return where(levels, each -> each != level);
    }

    private interface Choice {
        boolean passes(int level);
    }

    private static LevelMask where(int levels, Choice choice) {
        return new LevelMask(IntStream.range(0, levels).mapToObj(choice::passes).toList());
    }

    /** Levels, open and closed. */
    public int levels() {
        return open.size();
    }

    /** Whether every level passes, so that the mask changes nothing. */
    public boolean isAll() {
        return !open.contains(false);
    }

    /**
     * The encoding seen through this mask.
     *
     * @param encoding a hash grid of as many levels
     * @return the grid itself where every level passes; otherwise one with the same table
     * @throws InputException if it is no hash grid, or one of another number of levels
     */
    public Encoding on(Encoding encoding) {
        if (!(encoding instanceof HashGrid grid) || grid.options().levels() != levels()) {
            throw new InputException(
                    "a mask of " + levels() + " levels needs a hash grid of as many; use field.encoding="
                            + "hash_grid and field.hashGrid.levels=" + levels());
        }
        return isAll() ? grid : new MaskedLevels(grid, this);
    }

    /** For tables: the open levels counted from 1, such as {@code 1-3, 5-12}. */
    @Override
    public String toString() {
        return IntStream.range(0, levels())
                .filter(level -> open.get(level) && (level == 0 || !open.get(level - 1)))
                .mapToObj(first -> {
                    int last = first;
                    while (last + 1 < levels() && open.get(last + 1)) {
                        last++;
                    }
                    return first == last ? "" + (first + 1) : (first + 1) + "-" + (last + 1);
                })
                .collect(Collectors.joining(", "));
    }
}
