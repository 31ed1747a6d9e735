package slidefield.swipe;

/** How the embeddings of four scales become one (Table 3, right). */
public enum Fusion {
    /** {@link MultiStageEmbeddingAttention}: the sum of all, plus a sum weighted by attention. */
    ATTENTION,
    /** The sum of all. */
    ADDITION,
    /** All side by side, then a 1 x 1 convolution. */
    CONCATENATION,
    /** {@link ScaleSelfAttention}: self-attention among the four, read by a learnt token. */
    SELF_ATTENTION
}
