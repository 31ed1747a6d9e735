package slidefield.swipe;

import java.util.List;

/**
 * A whole 2-D {@link Swipe} model. Where the paper (Zhang et al. 2023) and its released code differ, both are options:
 * {@link #released()} is the code, whose 2,712,432 parameters are the paper's 2.7 million, {@link #paper()} the
 * paper's formulas.
 *
 * @param backbone E_b: the paper's, {@link BackboneOptions}, or another
 * @param neck the aggregation E_n
 * @param decoder D^P and D^I
 * @param patch S, pixels along the side of a patch
 * @param classes 1: one logit, foreground against background; otherwise one logit per class, background first
 * @param connectivity neighbours that Stochastic Patch Overreach chooses from: 4, or 8 with the diagonal ones
 * @param occurrences N_o, how often every point of a batch is decoded from a neighbouring patch in training; 0 for none
 */
public record SwipeOptions(
        SwipeBackbone backbone,
        NeckOptions neck,
        DecoderOptions decoder,
        int patch,
        int classes,
        int connectivity,
        int occurrences) {
    /** The coarsest map has a pixel for this many of the image's. */
    static final int COARSEST = 32;

    /** @throws IllegalArgumentException naming what does not fit */
    public SwipeOptions {
        require(backbone != null && neck != null && decoder != null, "parts", "given", null);
        require(
                !(backbone instanceof CctOptions cct) || neck.embedding() == cct.channels(),
                "embedding of the neck",
                "the channels of the CCT's tokens",
                neck.embedding());
        require(patch >= 1 && patch <= 4096, "patch", "1 to 4096", patch);
        require(classes >= 1 && classes <= 1024, "classes", "1 to 1024", classes);
        require(connectivity == 4 || connectivity == 8, "connectivity", "4 or 8", connectivity);
        require(occurrences >= 0 && occurrences <= 1024, "occurrences", "0 to 1024", occurrences);
    }

    /** @return the released 2-D model for polyps: 28 layers, patches of 32, one logit, 8 of 8 neighbours */
    public static SwipeOptions released() {
        return new SwipeOptions(
                BackboneOptions.ofDepth(28), NeckOptions.released(), DecoderOptions.released(), 32, 1, 8, 8);
    }

    /**
     * What the paper's text says where the code says otherwise: attention ends with MLP_2, z^I is the mean of F5', D^P
     * sees p^S and no Fourier features. Embeddings keep the code's 256 channels, with which alone the sum is the
     * paper's ({@link NeckOptions}).
     *
     * @return the model of the paper's formulas
     */
    public static SwipeOptions paper() {
        NeckOptions neck =
                new NeckOptions(64, 256, 16, true, true, Fusion.ATTENTION, true, ImageEmbedding.COARSEST_STAGE);
        DecoderOptions decoder = DecoderOptions.released().withFourier(false).withSource(true);
        return new SwipeOptions(BackboneOptions.ofDepth(28), neck, decoder, 32, 1, 8, 8);
    }

    /**
     * The released model with a quarter to an eighth of its widths, for tests, notebooks and two cores.
     *
     * @return 14 layers, embeddings of 32, patches of 32, one logit, 2 of 8 neighbours
     */
    public static SwipeOptions small() {
        return new SwipeOptions(
                new BackboneOptions(8, List.of(1, 1, 1, 1), List.of(16, 20, 24, 32)),
                new NeckOptions(16, 32, 4, true, true, Fusion.ATTENTION, false, ImageEmbedding.PATCH_EMBEDDINGS),
                new DecoderOptions(List.of(64, 64, 64), List.of(64, 32), 0.1, true, true, true, false),
                32,
                1,
                8,
                2);
    }

    /**
     * @param other backbone
     * @return the same otherwise
     */
    public SwipeOptions withBackbone(SwipeBackbone other) {
        return new SwipeOptions(other, neck, decoder, patch, classes, connectivity, occurrences);
    }

    /**
     * @param other neck
     * @return the same otherwise
     */
    public SwipeOptions withNeck(NeckOptions other) {
        return new SwipeOptions(backbone, other, decoder, patch, classes, connectivity, occurrences);
    }

    /**
     * @param other decoders
     * @return the same otherwise
     */
    public SwipeOptions withDecoder(DecoderOptions other) {
        return new SwipeOptions(backbone, neck, other, patch, classes, connectivity, occurrences);
    }

    /**
     * @param side S in pixels
     * @return the same otherwise
     */
    public SwipeOptions withPatch(int side) {
        return new SwipeOptions(backbone, neck, decoder, side, classes, connectivity, occurrences);
    }

    /**
     * @param count logits per point
     * @return the same otherwise
     */
    public SwipeOptions withClasses(int count) {
        return new SwipeOptions(backbone, neck, decoder, patch, count, connectivity, occurrences);
    }

    /**
     * Stochastic Patch Overreach (Table 3, right).
     *
     * @param neighbours 4 or 8
     * @param times N_o, 0 for none
     * @return the same otherwise
     */
    public SwipeOptions withOverreach(int neighbours, int times) {
        return new SwipeOptions(backbone, neck, decoder, patch, classes, neighbours, times);
    }

    /** @return what height and width of an image are a multiple of, pixels */
    public int sizeMultiple() {
        int a = patch;
        int b = COARSEST;
        while (b != 0) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        return patch / a * COARSEST;
    }

    static void require(boolean holds, String what, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("SwIPE: " + what + " must be " + expected + ", found " + found);
        }
    }

    static void requireNumbers(List<Integer> numbers, int count, int least, int most, String what, String meaning) {
        require(
                numbers != null
                        && numbers.size() == count
                        && numbers.stream().allMatch(number -> number != null && number >= least && number <= most),
                what,
                count + " numbers of " + least + " to " + most + ", " + meaning,
                numbers);
    }
}
