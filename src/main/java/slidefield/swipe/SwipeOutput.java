package slidefield.swipe;

import slidefield.nn.Tensor;

/**
 * What a {@link Swipe} answers to a batch of points. P = images x points per image, point k of image n in row n points + k;
 * C the embedding's channels. All tensors are on the tape of the input.
 *
 * @param patchLogits of D^P, P x classes
 * @param imageLogits of D^I, P x classes; null where the options have none
 * @param overreachLogits of D^P asked from neighbouring patches, (P N_o) x classes; null outside training or without
 *     overreach
 * @param overreachPoints which point each of their rows belongs to, row k of point k / N_o; empty without
 * @param patchEmbeddings z^P of each point's patch, P x C
 * @param imageEmbeddings z^I, images x C
 */
public record SwipeOutput(
        Tensor patchLogits,
        Tensor imageLogits,
        Tensor overreachLogits,
        int[] overreachPoints,
        Tensor patchEmbeddings,
        Tensor imageEmbeddings) {}
