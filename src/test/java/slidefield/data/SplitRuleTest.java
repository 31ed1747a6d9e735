package slidefield.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitRuleTest {
    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "image-" + i + ".jpg").toList();
    }

    @Test
    void thePapersRuleDealsItsOwnNumberExactly() {
        assertEquals(Map.of(Split.TRAIN, 118, Split.VALIDATION, 39, Split.TEST, 39), SplitRule.SWIPE.counts(196));
        assertEquals(Map.of(Split.TRAIN, 8, Split.VALIDATION, 3, Split.TEST, 3), SplitRule.SWIPE.counts(14));
        assertEquals(Map.of(Split.TRAIN, 1, Split.VALIDATION, 0, Split.TEST, 0), SplitRule.SWIPE.counts(1));
    }

    @Property(tries = 200)
    void everyImageIsDealtOnce(
            @ForAll @IntRange(min = 1, max = 400) int images,
            @ForAll @IntRange(min = 1, max = 90) int train,
            @ForAll @IntRange(max = 90) int validation,
            @ForAll @IntRange(max = 90) int test,
            @ForAll long seed) {
        // given
        SplitRule rule = new SplitRule(train, validation, test);
        // when
        Map<Split, List<String>> dealt = rule.deal(names(images), seed);
        // then
        List<String> all = new ArrayList<>();
        dealt.values().forEach(all::addAll);
        Collections.sort(all);
        assertEquals(names(images).stream().sorted().toList(), all);
        dealt.forEach((split, list) -> assertEquals(rule.counts(images).get(split), list.size()));
        assertTrue(dealt.get(Split.TRAIN).size() >= 1);
        double share = (double) images / (train + validation + test);
        double tolerance = train * share >= 1 ? 1 : 2;
        assertEquals(train * share, dealt.get(Split.TRAIN).size(), tolerance);
        assertEquals(validation * share, dealt.get(Split.VALIDATION).size(), tolerance);
        assertEquals(test * share, dealt.get(Split.TEST).size(), tolerance);
    }

    @Property(tries = 100)
    void theOrderOfTheNamesDoesNotMatter(@ForAll @IntRange(min = 1, max = 60) int images, @ForAll long seed) {
        // given
        List<String> shuffled = new ArrayList<>(names(images));
        Collections.shuffle(shuffled, new Random(seed + 1));
        // when / then
        assertEquals(SplitRule.SWIPE.deal(names(images), seed), SplitRule.SWIPE.deal(shuffled, seed));
    }

    @Test
    void anotherSeedDealsOtherwise() {
        assertNotEquals(SplitRule.SWIPE.deal(names(196), 1), SplitRule.SWIPE.deal(names(196), 2));
    }

    @Test
    void aRuleWithASeedOfItsOwnDealsAlikeForAllTrainings() {
        SplitRule rule = SplitRule.SWIPE.withSeed(2);

        assertEquals(rule.deal(names(196), 0), rule.deal(names(196), 1));
        assertEquals(SplitRule.SWIPE.deal(names(196), 2), rule.deal(names(196), 1));
    }

    @Property(tries = 50)
    void fewerAnnotatedImagesArePartOfMoreAndLeaveTheOtherSplitsAlone(@ForAll long seed) {
        // given
        List<Double> shares = List.of(0.1, 0.25, 0.5, 1.0);
        Map<Split, List<String>> whole = SplitRule.SWIPE.deal(names(196), seed);
        List<String> fewer = List.of();
        for (double share : shares) {
            // when
            Map<Split, List<String>> dealt =
                    SplitRule.SWIPE.withAnnotated(share).deal(names(196), seed);
            // then
            List<String> train = dealt.get(Split.TRAIN);
            assertEquals(Math.round(118 * share), train.size());
            assertTrue(train.containsAll(fewer));
            assertEquals(train.stream().sorted().toList(), train);
            assertEquals(whole.get(Split.VALIDATION), dealt.get(Split.VALIDATION));
            assertEquals(whole.get(Split.TEST), dealt.get(Split.TEST));
            fewer = train;
        }
        assertEquals(whole.get(Split.TRAIN), fewer);
    }

    @Test
    void atLeastOneImageIsLearntFrom() {
        SplitRule rule = new SplitRule(3, 1, 1).withAnnotated(0.01);
        assertEquals(1, rule.deal(names(5), 1).get(Split.TRAIN).size());
    }

    @Test
    void whatCannotBeDealtIsRefused() {
        for (double share : new double[] {0, -1, 1.1, Double.NaN}) {
            String message = assertThrows(BadKeyException.class, () -> SplitRule.SWIPE.withAnnotated(share))
                    .getMessage();
            assertTrue(message.startsWith("annotated: "), message);
        }
        assertThrows(IllegalArgumentException.class, () -> SplitRule.SWIPE.deal(List.of("a", "a"), 1));
        assertThrows(IllegalArgumentException.class, () -> SplitRule.SWIPE.deal(List.of(), 1));
        assertEquals(
                "train: expected a number of images from 1 to 1000000, found 0",
                assertThrows(BadKeyException.class, () -> new SplitRule(0, 1, 1))
                        .getMessage());
    }
}
