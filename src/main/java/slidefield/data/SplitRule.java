package slidefield.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How images are dealt to the splits: by these counts where they add up to as many images, otherwise in their
 * proportion. Which image goes where depends on the seed and the sorted names alone.
 *
 * @param train images to learn from, at least 1
 * @param validation images that choose between settings, at least 0
 * @param test images that are reported, at least 0
 */
public record SplitRule(int train, int validation, int test) {
    /** SwIPE's of its 196 images (Zhang et al. 2023, supplement, Table 1): 118, 39 and 39, that is 60:20:20. */
    public static final SplitRule SWIPE = new SplitRule(118, 39, 39);

    /** @throws slidefield.io.InputException if a number cannot be used; names its key */
    public SplitRule {
        require("train", train, 1);
        require("validation", validation, 0);
        require("test", test, 0);
    }

    private static void require(String key, int value, int least) {
        if (value < least || value > 1_000_000) {
            throw new BadKeyException(key, "expected a number of images from " + least + " to 1000000, found " + value);
        }
    }

    /**
     * How many images each split gets: its share rounded down, the images left over to those that lost most by it. At
     * least one image trains.
     *
     * @param images how many there are, at least 1
     */
    public Map<Split, Integer> counts(int images) {
        if (images < 1) {
            throw new IllegalArgumentException("expected at least one image, found " + images);
        }
        long[] wanted = {train, validation, test};
        long whole = (long) train + validation + test;
        int[] counts = new int[3];
        int left = images;
        for (int i = 0; i < 3; i++) {
            counts[i] = (int) (wanted[i] * images / whole);
            left -= counts[i];
        }
        Integer[] order = {0, 1, 2};
        Arrays.sort(order, Comparator.comparingLong(i -> -(wanted[i] * images % whole)));
        for (int k = 0; k < left; k++) {
            counts[order[k]]++;
        }
        if (counts[0] == 0) {
            counts[counts[1] >= counts[2] ? 1 : 2]--;
            counts[0]++;
        }
        return new EnumMap<>(Map.of(Split.TRAIN, counts[0], Split.VALIDATION, counts[1], Split.TEST, counts[2]));
    }

    /**
     * Deals names to the splits.
     *
     * @param names unique, in any order
     * @param seed the same seed deals the same names in the same way, whatever their order
     * @return every name in one of the splits, sorted; all three splits are there, some perhaps empty
     * @throws IllegalArgumentException if a name is there twice, or there is none
     */
    public Map<Split, List<String>> deal(List<String> names, long seed) {
        List<String> dealt = new ArrayList<>(names);
        Collections.sort(dealt);
        for (int i = 1; i < dealt.size(); i++) {
            if (dealt.get(i).equals(dealt.get(i - 1))) {
                throw new IllegalArgumentException("the name " + dealt.get(i) + " is there twice");
            }
        }
        Collections.shuffle(dealt, new Random(seed));
        Map<Split, List<String>> splits = new EnumMap<>(Split.class);
        int from = 0;
        for (Map.Entry<Split, Integer> count : counts(dealt.size()).entrySet()) {
            int to = from + count.getValue();
            splits.put(count.getKey(), dealt.subList(from, to).stream().sorted().toList());
            from = to;
        }
        return splits;
    }
}
