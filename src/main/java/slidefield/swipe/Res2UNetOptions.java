package slidefield.swipe;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Sizes of a {@link Res2UNet}.
 *
 * @param backbone a Res2Net
 * @param widths channels of the four steps up, at 1/16, 1/8, 1/4 and 1/2 of the image's size
 * @param head channels of the convolution before the logits
 * @param outputs logits a pixel: 1 for foreground, or one per class with background first
 */
public record Res2UNetOptions(BackboneOptions backbone, List<Integer> widths, int head, int outputs)
        implements RivalOptions {
    private static final int MOST = 4096;

    /** @throws IllegalArgumentException naming what does not fit */
    public Res2UNetOptions {
        require(backbone != null, "backbone", "given", null);
        require(
                widths != null
                        && widths.size() == BackboneOptions.STAGES
                        && widths.stream().allMatch(width -> width != null && width >= 1 && width <= MOST),
                "widths",
                BackboneOptions.STAGES + " numbers of 1 to " + MOST + ", one for each step up",
                widths);
        require(head >= 1 && head <= MOST, "head", "1 to " + MOST, head);
        require(outputs >= 1 && outputs <= 1024, "outputs", "1 to 1024", outputs);
        widths = List.copyOf(widths);
    }

    private static void require(boolean holds, String option, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("Res2UNet: " + option + " must be " + expected + ", found " + found);
        }
    }

    /**
     * The size whose parameters and multiply-adds are those of SwIPE's Table 1 (25.4 million and 17.8 billion).
     *
     * @return Res2Net-50, widths 256, 128, 64, 64, head 32, one logit
     */
    public static Res2UNetOptions paper() {
        return new Res2UNetOptions(BackboneOptions.res2Net50(), List.of(256, 128, 64, 64), 32, 1);
    }

    /** @return the same with an eighth of the widths and 14 layers, for tests, notebooks and two cores */
    public static Res2UNetOptions small() {
        return new Res2UNetOptions(PraNetOptions.small().backbone(), List.of(32, 16, 8, 8), 8, 1);
    }

    @Override
    public int sizeMultiple() {
        return SwipeOptions.COARSEST;
    }

    @Override
    public Res2UNet build(DataType type, long seed) {
        return new Res2UNet(this, type, seed);
    }
}
