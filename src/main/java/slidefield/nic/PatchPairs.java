package slidefield.nic;

import java.util.List;
import slidefield.fit.Seeds;

/**
 * Pairs of patches for contrastive training (Tellez et al. 2019, section 3.2): of the same place, which is one patch varied in
 * two ways, or of different places. Not copied: who makes it gives its arrays away, and nobody changes them afterwards, so that
 * it is safe to use from several threads at once.
 *
 * @param patches that pairs are made of
 * @param first the number of each pair's first patch
 * @param second that of its second one
 * @param same whether both show the same place
 */
public record PatchPairs(PatchSet patches, int[] first, int[] second, boolean[] same) implements EncoderExamples {
    /** @throws IllegalArgumentException if there are not as many of each, or a number is of no patch */
    public PatchPairs {
        if (first.length != second.length || first.length != same.length) {
            throw new IllegalArgumentException("pairs have " + first.length + " first and " + second.length
                    + " second patches and " + same.length + " labels");
        }
        for (int i = 0; i < first.length; i++) {
            if (Math.min(first[i], second[i]) < 0 || Math.max(first[i], second[i]) >= patches.count()) {
                throw new IllegalArgumentException("pair " + i + " is of patches " + first[i] + " and " + second[i]
                        + ", and there are " + patches.count());
            }
        }
    }

    @Override
    public int count() {
        return first.length;
    }

    @Override
    public EncoderBatch batch(List<Integer> chosen, PatchAugmentation augmentation, long seed) {
        int n = chosen.size();
        int[] left = new int[n];
        int[] right = new int[n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            int pair = chosen.get(i);
            left[i] = first[pair];
            right[i] = second[pair];
            labels[i] = same[pair] ? 1 : 0;
        }
        return new EncoderBatch(
                n,
                new long[] {patches.side(), patches.side(), patches.colours()},
                patches.scaled(left, augmentation, Seeds.derive(seed, "first")),
                patches.scaled(right, augmentation, Seeds.derive(seed, "second")),
                labels);
    }
}
