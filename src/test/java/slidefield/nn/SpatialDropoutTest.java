package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SpatialDropoutTest {
    private static final Init INIT = new Init(DataType.FLOAT, 1);

    private static INDArray pass(Module dropout, INDArray x) {
        try (Engine engine = Engine.preferred();
                Tape tape = engine.record()) {
            return dropout.forward(tape.constant(x)).value().dup();
        }
    }

    @Test
    void aMapIsDroppedAsAWholeOrNotAtAllInTheShareAskedFor() {
        // given
        INDArray x = INIT.ones(40, 3, 5, 50);

        // when
        INDArray y = pass(new SpatialDropout(INIT, 0.2, 7), x);

        // then each of the 2000 maps is one value, 0 or 1.25 (4 deviations of their share)
        INDArray most = y.max(1, 2);
        assertEquals(most, y.min(1, 2));
        assertNotEquals(most.getRow(0), most.getRow(1), "other maps of every image");
        int dropped = 0;
        for (float value : most.reshape('c', new long[] {2000}).toFloatVector()) {
            assertEquals(value == 0 ? 0 : 1.25, value, 1e-6);
            dropped += value == 0 ? 1 : 0;
        }
        assertEquals(0.2 * 2000, dropped, 4 * Math.sqrt(0.2 * 0.8 * 2000));
    }

    @Test
    void whichMapsFollowsFromSeedAndPassesAlsoAfterAResume() {
        // given one that was saved after a pass
        INDArray x = INIT.ones(3, 2, 2, 40);
        SpatialDropout whole = new SpatialDropout(INIT, 0.5, 7);
        INDArray first = pass(whole, x);
        Map<String, INDArray> saved = new LinkedHashMap<>();
        whole.values().forEach((name, value) -> saved.put(name, value.dup()));
        INDArray second = pass(whole, x);

        // when
        SpatialDropout resumed = new SpatialDropout(INIT, 0.5, 7);
        resumed.load(saved);

        // then
        assertEquals(second, pass(resumed, x));
        assertNotEquals(first, second);
        assertNotEquals(first, pass(new SpatialDropout(INIT, 0.5, 8), x));
        assertEquals(first, pass(new SpatialDropout(INIT, 0.5, 7), x));
    }

    @Test
    void outsideTrainingNothingHappensAndRowsHaveNoMaps() {
        SpatialDropout dropout = new SpatialDropout(INIT, 0.5, 7);
        try (Engine engine = Engine.preferred();
                Tape tape = engine.inference()) {
            assertThrows(IllegalArgumentException.class, () -> dropout.forward(tape.constant(INIT.ones(5, 4))));
            dropout.training(false);
            Tensor x = tape.constant(INIT.ones(1, 2, 2, 4));
            assertSame(x, dropout.forward(x));
        }
        assertThrows(IllegalArgumentException.class, () -> new SpatialDropout(INIT, 1, 7));
    }
}
