package slidefield.swipe;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Sizes of a {@link PraNet}, which answers one class.
 *
 * @param backbone a Res2Net
 * @param channels of the receptive field blocks and of the partial decoder; 32 in the paper
 * @param deep channels of the reverse attention on the coarsest map; 256 in the paper
 * @param shallow channels of that on the two finer ones; 64 in the paper
 */
public record PraNetOptions(BackboneOptions backbone, int channels, int deep, int shallow) implements RivalOptions {
    private static final String NAME = "PraNet: ";

    /** @throws IllegalArgumentException naming what does not fit */
    public PraNetOptions {
        if (backbone == null) {
            throw new IllegalArgumentException(NAME + "expected a backbone, found none");
        }
        requireChannels("channels", channels);
        requireChannels("deep", deep);
        requireChannels("shallow", shallow);
    }

    private static void requireChannels(String option, int found) {
        if (found < 1 || found > 4096) {
            throw new IllegalArgumentException(NAME + option + " must be 1 to 4096, found " + found);
        }
    }

    /**
     * The authors' network, whose parameters are the 30.5 million of SwIPE's Table 1.
     *
     * @return Res2Net-50 and 32, 256 and 64 channels
     */
    public static PraNetOptions paper() {
        return new PraNetOptions(BackboneOptions.res2Net50(), 32, 256, 64);
    }

    /** @return the same with an eighth of the widths and 14 layers, for tests, notebooks and two cores */
    public static PraNetOptions small() {
        return new PraNetOptions(new BackboneOptions(8, List.of(1, 1, 1, 1), List.of(8, 16, 32, 64), 4), 8, 32, 8);
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public boolean severalClasses() {
        return false;
    }

    @Override
    public int sizeMultiple() {
        return SwipeOptions.COARSEST;
    }

    @Override
    public PraNet build(DataType type, long seed) {
        return new PraNet(this, type, seed);
    }
}
