package slidefield.nic;

/**
 * Pairs of grey patches for contrastive training. Not copied: who makes it gives its arrays away.
 *
 * @param first N patches
 * @param second their partners
 * @param same N; whether both show the same place, before any augmentation
 */
public record GreyPairs(GreyPatches first, GreyPatches second, boolean[] same) {
    /** @throws IllegalArgumentException if there are not as many of each, or of another size */
    public GreyPairs {
        if (first.side() != second.side() || first.count() != second.count() || first.count() != same.length) {
            throw new IllegalArgumentException("pairs of " + first.count() + " patches of " + first.side() + " and "
                    + second.count() + " of " + second.side() + " pixels with " + same.length + " labels");
        }
    }
}
