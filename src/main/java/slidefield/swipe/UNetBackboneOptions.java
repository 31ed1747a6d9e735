package slidefield.swipe;

import java.util.List;

/**
 * Sizes of a {@link UNetBackbone}, the backbone of row 2 of Table 3, right.
 *
 * @param levels channels of the six levels of the contracting path, from the image's own size to 1/32 of it
 */
public record UNetBackboneOptions(List<Integer> levels) implements SwipeBackbone {
    /** Levels that are finer than the first of the four maps. */
    static final int FINER = 2;

    private static final int LEVELS = FINER + BackboneOptions.STAGES;

    /** @throws IllegalArgumentException naming what does not fit */
    public UNetBackboneOptions {
        SwipeOptions.requireNumbers(levels, LEVELS, 1, 4096, "levels of the U-Net", "one for each level");
        levels = List.copyOf(levels);
    }

    /**
     * Twice as many channels at every level, as in U-Net. The paper gives no width: this one has the power of two that
     * comes nearest to the 0.90 million parameters of the Res2Net in its place (1,181,304).
     *
     * @param base channels of the finest level, 8 in place of the released backbone
     * @return six levels
     */
    public static UNetBackboneOptions of(int base) {
        return new UNetBackboneOptions(List.of(base, 2 * base, 4 * base, 8 * base, 16 * base, 32 * base));
    }

    /** Channels of one of the four maps. */
    int ofStage(int stage) {
        return levels.get(FINER + stage);
    }
}
