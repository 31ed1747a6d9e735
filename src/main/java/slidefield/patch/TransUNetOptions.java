package slidefield.patch;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Sizes of a {@link TransUNet}.
 *
 * @param size side of a patch in pixels, a multiple of 16 from 32; every position has an embedding of its own, so the
 *     network takes patches of this size only
 * @param classes 1: one lesion logit; 2: logits of lesion and background, whose difference is the lesion logit
 * @param width W, channels of the first convolution; the residual stages have 4 W, 8 W and 16 W
 * @param units bottleneck units of the three residual stages
 * @param groups that channels are normalised in; W is a multiple of it
 * @param hidden channels of a token
 * @param layers transformer layers
 * @param heads of each attention; the hidden channels are a multiple of it
 * @param mlp channels inside a layer's perceptron
 * @param dropout rate after the position embedding and in the perceptrons, in [0, 1)
 * @param decoder channels after the first convolution of the decoder and after its four steps up
 */
public record TransUNetOptions(
        int size,
        int classes,
        int width,
        List<Integer> units,
        int groups,
        int hidden,
        int layers,
        int heads,
        int mlp,
        double dropout,
        List<Integer> decoder)
        implements NetworkOptions {
    /** Pixels of a patch along the side of a token. */
    static final int TOKEN = 16;

    private static final int STAGES = 3;
    private static final int STEPS = 5;

    /** Refuses sizes that do not fit together. */
    public TransUNetOptions {
        require(
                size >= 2 * TOKEN && size <= 4096 && size % TOKEN == 0,
                "size",
                "a multiple of 16 from 32 to 4096",
                size);
        require(classes == 1 || classes == 2, "classes", "1 or 2", classes);
        require(groups >= 1, "groups", "at least 1", groups);
        require(
                width >= 1 && width <= 1024 && width % groups == 0,
                "width",
                "a multiple of the groups up to 1024",
                width);
        require(heads >= 1, "heads", "at least 1", heads);
        require(
                hidden >= 1 && hidden <= 8192 && hidden % heads == 0,
                "hidden",
                "a multiple of the heads up to 8192",
                hidden);
        require(layers >= 1 && layers <= 64, "layers", "1 to 64", layers);
        require(mlp >= 1 && mlp <= 32768, "mlp", "1 to 32768", mlp);
        require(dropout >= 0 && dropout < 1, "dropout", "in [0, 1)", dropout);
        requireNumbers(units, STAGES, "units", "one for each residual stage");
        requireNumbers(decoder, STEPS, "decoder", "channels of the first convolution and of four steps");
        units = List.copyOf(units);
        decoder = List.copyOf(decoder);
    }

    /**
     * The network of the paper (Chen et al. 2021): ResNet-50 and ViT-B/16, 105 million parameters.
     *
     * @param size side of a patch in pixels
     * @return options with one lesion logit
     */
    public static TransUNetOptions r50VitB16(int size) {
        return new TransUNetOptions(
                size, 1, 64, List.of(3, 4, 9), 32, 768, 12, 12, 3072, 0.1, List.of(512, 256, 128, 64, 16));
    }

    /**
     * The same with fewer and narrower layers, 3 million parameters, which two cores train.
     *
     * @param size side of a patch in pixels
     * @return options with one lesion logit
     */
    public static TransUNetOptions small(int size) {
        return new TransUNetOptions(
                size, 1, 32, List.of(1, 2, 2), 8, 192, 4, 6, 768, 0.1, List.of(128, 64, 32, 16, 16));
    }

    /**
     * @param other 1 or 2
     * @return the same options with another number of classes
     */
    public TransUNetOptions withClasses(int other) {
        return new TransUNetOptions(size, other, width, units, groups, hidden, layers, heads, mlp, dropout, decoder);
    }

    @Override
    public List<Integer> scales() {
        return List.of(1);
    }

    @Override
    public void requireSize(int patch) {
        if (patch != size) {
            throw new IllegalArgumentException("patches.size must be " + size
                    + ", the network.size that the position embedding is made for, got " + patch);
        }
    }

    @Override
    public TransUNet build(DataType type, long seed) {
        return new TransUNet(this, type, seed);
    }

    /** @return tokens along a side of a patch */
    int tokens() {
        return size / TOKEN;
    }

    private static void require(boolean holds, String what, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("TransUNet: " + what + " must be " + expected + ", found " + found);
        }
    }

    private static void requireNumbers(List<Integer> numbers, int count, String what, String meaning) {
        require(
                numbers != null
                        && numbers.size() == count
                        && numbers.stream().allMatch(number -> number != null && number >= 1 && number <= 4096),
                what,
                count + " numbers of 1 to 4096, " + meaning,
                numbers);
    }
}
