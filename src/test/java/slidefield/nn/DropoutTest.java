package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class DropoutTest {
    private static final Init INIT = new Init(DataType.FLOAT, 1);

    private static INDArray pass(Dropout dropout, INDArray x) {
        try (Engine engine = Engine.preferred();
                Tape tape = engine.record()) {
            return dropout.forward(tape.constant(x)).value().dup();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void theShareAskedForIsDroppedAndTheMeanStays(double rate) {
        // given
        INDArray x = INIT.ones(1000, 1000);

        // when
        INDArray y = pass(new Dropout(INIT, rate, 7), x);

        // then every value is 0 or the same, in that share, also along rows and columns (6 deviations)
        double kept = 1 / (1 - rate);
        double dropped = y.eq(0).castTo(DataType.DOUBLE).meanNumber().doubleValue();
        assertEquals(rate, dropped, 6 * Math.sqrt(rate * (1 - rate) / 1e6));
        assertEquals(kept, y.maxNumber().doubleValue(), 1e-6);
        assertEquals(
                dropped * 1e6
                        + y.eq((float) kept).castTo(DataType.DOUBLE).sumNumber().doubleValue(),
                1e6,
                0.5);
        double deviation = kept * Math.sqrt(rate * (1 - rate) / 1000);
        for (int axis = 0; axis < 2; axis++) {
            INDArray means = y.castTo(DataType.DOUBLE).mean(axis);
            assertTrue(means.maxNumber().doubleValue() < 1 + 6 * deviation, "axis " + axis);
            assertTrue(means.minNumber().doubleValue() > 1 - 6 * deviation, "axis " + axis);
        }
    }

    @Test
    void everyPassAndEverySeedDropsSomethingElseAndARunRepeats() {
        // given
        INDArray x = INIT.ones(50, 40);
        Dropout dropout = new Dropout(INIT, 0.5, 7);
        Dropout again = new Dropout(INIT, 0.5, 7);

        // when
        INDArray first = pass(dropout, x);
        INDArray second = pass(dropout, x);

        // then
        assertNotEquals(first, second);
        assertNotEquals(first, pass(new Dropout(INIT, 0.5, 8), x));
        assertEquals(first, pass(again, x));
        assertEquals(second, pass(again, x));
    }

    @Test
    void aResumedRunDropsWhatTheUninterruptedOneWouldHaveDropped() {
        // given a dropout saved after three passes
        INDArray x = INIT.ones(50, 40);
        Dropout whole = new Dropout(INIT, 0.5, 7);
        for (int pass = 0; pass < 3; pass++) {
            pass(whole, x);
        }
        Map<String, INDArray> saved = new LinkedHashMap<>();
        whole.values().forEach((name, value) -> saved.put(name, value.dup()));
        INDArray fourth = pass(whole, x);

        // when
        Dropout resumed = new Dropout(INIT, 0.5, 7);
        resumed.load(saved);

        // then
        assertEquals(fourth, pass(resumed, x));
    }

    @Test
    void bothKindsOfEnginesDropTheSame() {
        INDArray x = INIT.ones(300, 100);
        INDArray single = pass(new Dropout(INIT, 0.3, 9), x);
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            Dropout dropout = new Dropout(new Init(DataType.DOUBLE, 1), 0.3, 9);
            INDArray twice =
                    dropout.forward(tape.constant(x.castTo(DataType.DOUBLE))).value();
            assertEquals(single, twice.castTo(DataType.FLOAT));
        }
    }

    @Test
    void outsideTrainingNothingHappens() {
        Dropout dropout = new Dropout(INIT, 0.5, 7);
        dropout.training(false);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            Tensor x = tape.constant(INIT.ones(5, 4));
            assertSame(x, dropout.forward(x));
        }
        assertEquals(0, dropout.values().get("passes").getDouble(0));
    }

    @Test
    void impossibleRatesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Dropout(INIT, 1, 7));
        assertThrows(IllegalArgumentException.class, () -> new Dropout(INIT, -0.1, 7));
        assertThrows(IllegalArgumentException.class, () -> new Dropout(INIT, Double.NaN, 7));
    }
}
