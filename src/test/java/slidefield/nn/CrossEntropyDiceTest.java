package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class CrossEntropyDiceTest {
    @Test
    void theLossIsTheAuthorsForTwoClasses() {
        // given two classes' logits, and the lesion logit that is their difference
        Init init = new Init(DataType.DOUBLE, 3);
        INDArray background = init.normal(2, 50);
        INDArray lesion = init.normal(2, 50);
        INDArray target = init.uniform(1, 50).gt(0).castTo(DataType.DOUBLE);

        // when
        double found;
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            found = CrossEntropyDice.binary(tape.constant(lesion.sub(background)), target)
                    .scalar();
        }

        // then: cross-entropy of the softmax, and per class 1 - (2 sum(p g) + s) / (sum(p p) + sum(g g) + s)
        double entropy = 0;
        double[] dice = new double[2];
        for (int k = 0; k < 2; k++) {
            double both = 1e-5;
            double squares = 1e-5;
            for (int i = 0; i < 50; i++) {
                double[] logits = {background.getDouble(i), lesion.getDouble(i)};
                double p = Math.exp(logits[k]) / (Math.exp(logits[0]) + Math.exp(logits[1]));
                double g = target.getDouble(i) == k ? 1 : 0;
                both += 2 * p * g;
                squares += p * p + g * g;
                entropy -= g * Math.log(p) / 50;
            }
            dice[k] = 1 - both / squares;
        }
        assertEquals(0.5 * entropy + 0.5 * (dice[0] + dice[1]) / 2, found, 1e-10);
    }

    @Test
    void aPerfectPredictionOfAnEmptyTargetCostsNothing() {
        Init init = new Init(DataType.DOUBLE, 3);
        try (Engine engine = Engine.reference(DataType.DOUBLE);
                Tape tape = engine.record()) {
            INDArray sure = init.zeros(20).subi(50);
            assertEquals(
                    0,
                    CrossEntropyDice.binary(tape.constant(sure), init.zeros(20)).scalar(),
                    1e-9);
        }
    }
}
