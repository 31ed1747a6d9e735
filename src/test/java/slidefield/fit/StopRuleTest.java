package slidefield.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StopRuleTest {
    private static ItoOptions options(boolean on) {
        return new ItoOptions(20, 1e-2, 1, on, 0.002, 5, 1.3, 0.99);
    }

    @Test
    void itStopsAsSoonAsTheErrorIsBelowTheThreshold() {
        StopRule rule = new StopRule(options(true));

        assertFalse(rule.after(0.01).isPresent());
        assertFalse(rule.after(0.002).isPresent());
        assertTrue(rule.after(0.00199).orElseThrow().contains("below 0.002"));
    }

    @Test
    void duringTheWarmUpARisingErrorIsTolerated() {
        StopRule rule = new StopRule(options(true));
        double[] errors = {0.01, 0.02, 0.03, 0.05, 0.09};

        for (double error : errors) {
            assertFalse(rule.after(error).isPresent());
        }
    }

    @Test
    void afterTheWarmUpAnErrorThirtyPercentAboveTheBestStops() {
        StopRule rule = new StopRule(options(true));
        for (int epoch = 1; epoch <= 5; epoch++) {
            rule.after(0.01);
        }

        assertFalse(rule.after(0.01299).isPresent());
        assertTrue(rule.after(0.01301).orElseThrow().contains("1.3 times the best, 0.01"));
    }

    @Test
    void switchedOffItNeverStops() {
        StopRule rule = new StopRule(options(false));

        assertEquals(
                0,
                java.util.stream.IntStream.range(0, 20)
                        .filter(i -> rule.after(1e-6 * (i + 1)).isPresent())
                        .count());
    }
}
