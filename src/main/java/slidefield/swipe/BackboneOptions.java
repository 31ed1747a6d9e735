package slidefield.swipe;

import java.util.List;

/**
 * Sizes of a {@link Res2Net}, the backbone of SwIPE and of several of its rivals.
 *
 * @param stem channels of the first two convolutions, half as many as of the third; the released model has 32
 * @param blocks residual blocks of the four stages
 * @param planes of the four stages; SwIPE's released model has 64, 80, 96, 128, Res2Net-50 has 64, 128, 256, 512
 * @param expansion channels that a stage puts out for each of its planes: 2 in SwIPE, 4 in Res2Net-50
 */
public record BackboneOptions(int stem, List<Integer> blocks, List<Integer> planes, int expansion) {
    /** Stages, each with half the height and width of the one before it. */
    static final int STAGES = 4;

    private static final int EXPANSION = 2;
    /** Planes of Res2Net's "26w" widths: a split has 26/64 of the planes. */
    private static final int FEWEST_PLANES = 3;

    private static final List<Integer> BLOCKS_OF_50 = List.of(3, 4, 6, 3);

    /** @throws IllegalArgumentException naming what does not fit */
    public BackboneOptions {
        SwipeOptions.require(stem >= 1 && stem <= 1024, "stem", "1 to 1024", stem);
        SwipeOptions.requireNumbers(blocks, STAGES, 1, 64, "blocks", "one for each stage");
        SwipeOptions.requireNumbers(planes, STAGES, FEWEST_PLANES, 2048, "planes", "one for each stage");
        SwipeOptions.require(expansion >= 1 && expansion <= 16, "expansion", "1 to 16", expansion);
        blocks = List.copyOf(blocks);
        planes = List.copyOf(planes);
    }

    /** With SwIPE's expansion of 2. */
    public BackboneOptions(int stem, List<Integer> blocks, List<Integer> planes) {
        this(stem, blocks, planes, EXPANSION);
    }

    /**
     * The backbone of the depth study (Table 2, right).
     *
     * @param layers 14, 28 (the released model) or 50
     * @return the released widths with so many layers
     * @throws IllegalArgumentException for any other number
     */
    public static BackboneOptions ofDepth(int layers) {
        List<Integer> blocks =
                switch (layers) {
                    case 14 -> List.of(1, 1, 1, 1);
                    case 28 -> List.of(2, 2, 2, 2);
                    case 50 -> BLOCKS_OF_50;
                    default -> throw new IllegalArgumentException(
                            "SwIPE: a backbone of 14, 28 or 50 layers is expected, found " + layers);
                };
        return new BackboneOptions(32, blocks, List.of(64, 80, 96, 128));
    }

    /** @return Res2Net-50 v1b, 26w 4s (Gao et al. 2019), as PraNet and Res2UNet have it */
    public static BackboneOptions res2Net50() {
        return new BackboneOptions(32, BLOCKS_OF_50, List.of(64, 128, 256, 512), 4);
    }

    /**
     * @param stage 0 to 3
     * @return channels that the stage puts out
     */
    int channels(int stage) {
        return expansion * planes.get(stage);
    }
}
