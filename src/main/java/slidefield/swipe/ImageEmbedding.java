package slidefield.swipe;

/** Which map's mean is the image embedding z^I. */
public enum ImageEmbedding {
    /** The map of patch embeddings z^P, as in the released code. */
    PATCH_EMBEDDINGS,
    /** The coarsest stage's embeddings F5', as the paper says (section 2.1). */
    COARSEST_STAGE
}
