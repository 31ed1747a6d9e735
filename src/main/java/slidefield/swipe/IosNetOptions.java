package slidefield.swipe;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Sizes of {@link IosNet}.
 *
 * @param backbone whose maps are looked up at every point
 * @param layers widths of the hidden layers of the perceptron, at least one
 * @param outputs logits per point: 1 for foreground, or one per class with background first
 */
public record IosNetOptions(BackboneOptions backbone, List<Integer> layers, int outputs) implements RivalOptions {
    /** @throws IllegalArgumentException naming what does not fit */
    public IosNetOptions {
        require(backbone != null, "backbone", "given", null);
        boolean widths = layers != null
                && !layers.isEmpty()
                && layers.stream().allMatch(width -> width != null && width >= 1 && width <= 8192);
        require(widths, "layers", "one or more widths of 1 to 8192", layers);
        require(outputs >= 1 && outputs <= 1024, "outputs", "1 to 1024", outputs);
        layers = List.copyOf(layers);
    }

    private static void require(boolean holds, String what, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("IOSNet: " + what + " must be " + expected + ", found " + found);
        }
    }

    /**
     * The rival of SwIPE's Table 1, 2-D. Its configuration was not released; these sizes make the paper's 4.1 million
     * parameters (4,096,417).
     *
     * @return 28 layers, five halvings, a perceptron of 512, 256 and 256
     */
    public static IosNetOptions paper() {
        BackboneOptions backbone = new BackboneOptions(32, List.of(2, 2, 2, 2), List.of(64, 128, 192, 256));
        return new IosNetOptions(backbone, List.of(512, 256, 256), 1);
    }

    /** @return the same with a quarter of the widths or less, for tests, notebooks and two cores */
    public static IosNetOptions small() {
        BackboneOptions backbone = new BackboneOptions(8, List.of(1, 1, 1, 1), List.of(16, 32, 48, 64));
        return new IosNetOptions(backbone, List.of(128, 64, 64), 1);
    }

    @Override
    public int sizeMultiple() {
        return SwipeOptions.COARSEST;
    }

    @Override
    public IosNet build(DataType type, long seed) {
        return new IosNet(this, type, seed);
    }
}
