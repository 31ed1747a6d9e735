package slidefield.experiment.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slidefield.io.InputException;

/** Which points a search tries. */
class SearchSpaceTest {
    private static List<String> points(SearchSpace space, long seed) {
        return space.trials(seed).stream().map(Trial::toString).toList();
    }

    @Test
    void aGridIsEveryCombination() {
        // given
        SearchSpace space = SearchSpace.grid("a=1,2", "b=[1],[1, 2]");
        // when / then
        assertEquals(List.of("a=1 b=[1]", "a=1 b=[1, 2]", "a=2 b=[1]", "a=2 b=[1, 2]"), points(space, 0));
        assertEquals(
                List.of(1, 2, 3, 4), space.trials(9).stream().map(Trial::number).toList());
    }

    @Test
    void drawsDependOnTheSeedAndMoreOfThemKeepTheFirst() {
        // given
        String[] keys = {"rate=0.0001..0.1:log", "width=8..64", "kind=x,y"};
        List<String> ten = points(SearchSpace.random(10, keys), 3);
        // when / then
        assertEquals(10, ten.size());
        assertEquals(ten, points(SearchSpace.random(10, keys), 3));
        assertEquals(ten, points(SearchSpace.random(15, keys), 3).subList(0, 10));
        assertNotEquals(ten, points(SearchSpace.random(10, keys), 4));
    }

    @Test
    void theSameDrawsAreMadeAtEveryPointOfAGrid() {
        // given
        SearchSpace space =
                new SearchSpace(List.of(SearchKey.grid("a=1,2")), List.of(SearchKey.random("r=0.0..1.0")), 3);
        // when
        Map<String, List<String>> byValue = new TreeMap<>();
        for (Trial trial : space.trials(1)) {
            byValue.computeIfAbsent(trial.changes().get("a"), none -> new java.util.ArrayList<>())
                    .add(trial.changes().get("r"));
        }
        // then
        assertEquals(3, byValue.get("1").size());
        assertEquals(byValue.get("1"), byValue.get("2"));
    }

    @Test
    void equalDrawsAreTriedOnce() {
        // when / then
        assertEquals(3, SearchSpace.random(60, "n=1..3").trials(0).size());
    }

    @Test
    void rangesAreFilledEvenlyOrByFactors() {
        // given
        long seed = 11;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        SearchKey whole = SearchKey.random("n=2..5");
        SearchKey linear = SearchKey.random("x=-1.0..1.0");
        SearchKey log = SearchKey.random("r=0.0001..1.0:log");
        SearchKey wholeLog = SearchKey.random("n=1..1000:log");
        int[] counts = new int[6];
        int negative = 0;
        int small = 0;
        int few = 0;
        // when
        for (int i = 0; i < 4000; i++) {
            counts[Integer.parseInt(whole.draw(random))]++;
            negative += Double.parseDouble(linear.draw(random)) < 0 ? 1 : 0;
            double rate = Double.parseDouble(log.draw(random));
            assertTrue(rate >= 0.0001 && rate <= 1, "rate " + rate);
            small += rate < 0.01 ? 1 : 0;
            int n = Integer.parseInt(wholeLog.draw(random));
            assertTrue(n >= 1 && n <= 1000, "n " + n);
            few += n < 32 ? 1 : 0;
        }
        // then
        for (int n = 2; n <= 5; n++) {
            assertEquals(1000, counts[n], 150, n + " of " + List.of(counts[2], counts[3], counts[4], counts[5]));
        }
        assertEquals(2000, negative, 200);
        assertEquals(2000, small, 200);
        assertEquals(2000, few, 200);
    }

    @Test
    void chartsGroupValues() {
        // given
        SearchKey log = SearchKey.random("r=0.00001..1.0:log");
        // when / then
        assertEquals(5, log.groups().size());
        assertEquals("0.00001..0.0001", log.groups().get(0));
        assertEquals(
                List.of(0, 0, 2, 4, 4),
                List.of("0.00001", "0.00009", "0.002", "0.2", "1").stream()
                        .map(log::groupOf)
                        .toList());
        assertEquals(1, SearchKey.grid("a=x,y").groupOf("y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=", "=1", "a=1..2", "a=1,,2", "a=1,1"})
    void aGridOfAnotherFormIsRefused(String text) {
        assertThrows(InputException.class, () -> SearchKey.grid(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=2..1", "a=1..1", "a=0..1:log", "a=x..y", "a=1..", "a=1..2:exp", "a=1..Infinity", "a=,"})
    void aRangeOfAnotherFormIsRefused(String text) {
        String message =
                assertThrows(InputException.class, () -> SearchKey.random(text)).getMessage();
        assertTrue(message.contains("a"), message);
    }

    @Test
    void aSpaceThatMakesNoSenseIsRefused() {
        // given
        SearchKey range = SearchKey.random("a=1..2");
        // when / then
        assertThrows(InputException.class, () -> new SearchSpace(List.of(), List.of(), 1));
        assertThrows(InputException.class, () -> new SearchSpace(List.of(), List.of(range), 0));
        assertThrows(InputException.class, () -> new SearchSpace(List.of(), List.of(range, range), 1));
        assertThrows(InputException.class, () -> new SearchSpace(List.of(), List.of(range), 10_001));
        assertThrows(InputException.class, () -> new SearchSpace(List.of(SearchKey.grid("a=1,2")), List.of(), 2));
    }

    @Test
    void asManyTrialsRunSideBySideAsFit() {
        // when / then
        assertEquals(1, Workers.of(0, 2, 16_000).count());
        assertEquals(1, Workers.of(0, 1, 1_000).count());
        assertEquals(4, Workers.of(0, 64, 16_000).count(), "memory bounds it");
        assertEquals(8, Workers.of(0, 16, 128_000).count(), "cores bound it");
        assertEquals(2, Workers.of(2, 2, 8_000).count());
        assertEquals(1, Workers.of(2, 2, 8_000).coresEach());
        assertThrows(InputException.class, () -> Workers.of(3, 2, 8_000));
        assertThrows(InputException.class, () -> Workers.of(2, 2, 1_000));
    }
}
