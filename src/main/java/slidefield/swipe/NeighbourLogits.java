package slidefield.swipe;

/**
 * What a patch and its neighbours say about the same points. Both arrays hold points x classes, point after point.
 *
 * @param mean of the logits
 * @param variance of the logits (biased), the map of uncertainty: large where patches disagree; empty where neighbours were not
 *     asked
 */
public record NeighbourLogits(float[] mean, float[] variance) {}
