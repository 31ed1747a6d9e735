package slidefield.swipe;

import slidefield.nn.Module;
import slidefield.nn.Tensor;

/** What gives SwIPE its embeddings: an {@link Encoder} of backbone and neck, or a {@link Cct}. */
abstract class ImageEncoder extends Module {
    /**
     * @param patches z^P, N x h x w x C
     * @param image z^I, N x C
     * @param weights of the four scales, N x h x w x 4; null without attention
     */
    record Embeddings(Tensor patches, Tensor image, Tensor weights) {}

    /**
     * @param x N x H x W x 3, H and W multiples of 32 and of the patch
     * @return the embeddings, h = H / patch and w = W / patch
     */
    abstract Embeddings embeddings(Tensor x);
}
