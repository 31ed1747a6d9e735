package slidefield.swipe;

/**
 * Sizes and switches of SwIPE's neck E_n, the second half of its {@link Encoder}. The switches are those of Table 3.
 *
 * @param width channels of every map in the neck; the released model has 64
 * @param embedding d, channels of an embedding; 256 in the released model. The paper says 128, which with the other
 *     numbers gives 2.50 million parameters instead of its own 2.7 million.
 * @param squeeze channels per scale inside the attention, 16
 * @param rfb whether {@link RfbLite} looks at each map first; a 1 x 1 convolution otherwise
 * @param cascade whether finer maps are added to coarser ones; each map for itself otherwise
 * @param fusion how four embeddings become one
 * @param outputLayer whether attention ends with a layer of its own, the paper's MLP_2 (batch norm, ReLU, 1 x 1
 *     convolution), which the released 2-D model leaves out
 * @param imageEmbedding where z^I comes from
 */
public record NeckOptions(
        int width,
        int embedding,
        int squeeze,
        boolean rfb,
        boolean cascade,
        Fusion fusion,
        boolean outputLayer,
        ImageEmbedding imageEmbedding) {
    /** @throws IllegalArgumentException naming what does not fit */
    public NeckOptions {
        SwipeOptions.require(width >= 1 && width <= 4096, "width of the neck", "1 to 4096", width);
        SwipeOptions.require(embedding >= 1 && embedding <= 4096, "embedding", "1 to 4096", embedding);
        SwipeOptions.require(squeeze >= 1 && squeeze <= 4096, "squeeze", "1 to 4096", squeeze);
        SwipeOptions.require(fusion != null, "fusion", "given", null);
        SwipeOptions.require(imageEmbedding != null, "image embedding", "given", null);
        SwipeOptions.require(
                fusion != Fusion.SELF_ATTENTION || width % 2 == 0,
                "width of the neck",
                "even for the two heads of self-attention",
                width);
        SwipeOptions.require(
                !outputLayer || fusion == Fusion.ATTENTION, "output layer", "off without attention", outputLayer);
    }

    /** @return the released model's: 64 wide, embeddings of 256, everything on, no output layer */
    public static NeckOptions released() {
        return new NeckOptions(64, 256, 16, true, true, Fusion.ATTENTION, false, ImageEmbedding.PATCH_EMBEDDINGS);
    }

    /**
     * @param on whether {@link RfbLite} looks at each map first
     * @return the same otherwise
     */
    public NeckOptions withRfb(boolean on) {
        return new NeckOptions(width, embedding, squeeze, on, cascade, fusion, outputLayer, imageEmbedding);
    }

    /**
     * @param on whether finer maps are added to coarser ones
     * @return the same otherwise
     */
    public NeckOptions withCascade(boolean on) {
        return new NeckOptions(width, embedding, squeeze, rfb, on, fusion, outputLayer, imageEmbedding);
    }

    /**
     * @param how four embeddings become one; anything but attention takes the output layer away
     * @return the same otherwise
     */
    public NeckOptions withFusion(Fusion how) {
        boolean layer = outputLayer && how == Fusion.ATTENTION;
        return new NeckOptions(width, embedding, squeeze, rfb, cascade, how, layer, imageEmbedding);
    }

    /**
     * @param channels of an embedding
     * @return the same otherwise
     */
    public NeckOptions withEmbedding(int channels) {
        return new NeckOptions(width, channels, squeeze, rfb, cascade, fusion, outputLayer, imageEmbedding);
    }
}
