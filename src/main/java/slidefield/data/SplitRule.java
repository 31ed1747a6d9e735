package slidefield.data;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param seed of the dealing, so that trainings of several seeds share their splits; null for each training's own
 * @param annotated share of the training images that are learnt from, above 0 to 1, the others being left out as if
 *     nobody had drawn their masks; a smaller share is part of a larger one. Null for all.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SplitRule(int train, int validation, int test, Long seed, Double annotated) {
    /** SwIPE's of its 196 images (Zhang et al. 2023, supplement, Table 1): 118, 39 and 39, that is 60:20:20. */
    public static final SplitRule SWIPE = new SplitRule(118, 39, 39);

    /** @throws slidefield.io.InputException if a number cannot be used; names its key */
    public SplitRule {
        require("train", train, 1);
        require("validation", validation, 0);
        require("test", test, 0);
        if (annotated != null && !(annotated > 0 && annotated <= 1)) {
            throw new BadKeyException(
                    "annotated", "expected a share of the training images above 0 to 1, found " + annotated);
        }
    }

    /** All training images, dealt by each training's own seed. */
    public SplitRule(int train, int validation, int test) {
        this(train, validation, test, null, null);
    }

    /** The same dealt by a seed of its own. */
    public SplitRule withSeed(long other) {
        return new SplitRule(train, validation, test, other, annotated);
    }

    /**
     * The same with fewer training images.
     *
     * @param share of them, above 0 to 1
     * @throws slidefield.io.InputException if it is not
     */
    public SplitRule withAnnotated(double share) {
        return new SplitRule(train, validation, test, seed, share);
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
     * @param other the seed where the rule has none; the same seed deals the same names in the same way, whatever their
     *     order
     * @return every name in one of the splits, but for training images that are not annotated, sorted; all three splits
     *     are there, some perhaps empty
     * @throws IllegalArgumentException if a name is there twice, or there is none
     */
    public Map<Split, List<String>> deal(List<String> names, long other) {
        List<String> dealt = new ArrayList<>(names);
        Collections.sort(dealt);
        for (int i = 1; i < dealt.size(); i++) {
            if (dealt.get(i).equals(dealt.get(i - 1))) {
                throw new IllegalArgumentException("the name " + dealt.get(i) + " is there twice");
            }
        }
        Collections.shuffle(dealt, new Random(seed == null ? other : seed));
        Map<Split, List<String>> splits = new EnumMap<>(Split.class);
        int from = 0;
        for (Map.Entry<Split, Integer> count : counts(dealt.size()).entrySet()) {
            int to = from + count.getValue();
            int used = count.getKey() == Split.TRAIN ? kept(to - from) : to - from;
            splits.put(
                    count.getKey(),
                    dealt.subList(from, from + used).stream().sorted().toList());
            from = to;
        }
        return splits;
    }

    /** How many of so many training images are annotated, at least one. */
    private int kept(int images) {
        return annotated == null ? images : Math.max(1, (int) Math.round(annotated * images));
    }
}
