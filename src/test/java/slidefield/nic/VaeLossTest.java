package slidefield.nic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

/** The loss of a variational autoencoder, by hand. */
class VaeLossTest {
    private final Engine engine = Engine.reference(DataType.DOUBLE);

    /** mu = (1, 0), log sigma^2 = (0, ln 4); mu = (0, -2), log sigma^2 = (0, 0). */
    private static final double[][] DISTRIBUTION = {{1, 0, 0, Math.log(4)}, {0, -2, 0, 0}};

    private Tensor distribution(Tape tape) {
        new Init(DataType.DOUBLE, 1);
        return tape.constant(Nd4j.createFromArray(DISTRIBUTION));
    }

    @Test
    void theDivergenceIsNoughtForTheStandardNormalDistributionOnlyAndPositiveElsewhere() {
        try (Tape tape = engine.inference()) {
            // 1/2 (mu^2 + sigma^2 - 1 - log sigma^2): 0.5 and 0.5 (4 - 1 - ln 4) in the first code, 2 in the second
            double wanted = (0.5 + 0.5 * (3 - Math.log(4)) + 2) / 2;
            assertEquals(wanted, VaeLoss.divergence(distribution(tape)).scalar(), 1e-12);
            assertEquals(
                    0,
                    VaeLoss.divergence(tape.constant(Nd4j.zeros(DataType.DOUBLE, 3, 4)))
                            .scalar(),
                    1e-15);
        }
    }

    @Test
    void aSampleIsTheMeanAndSigmaTimesTheNoise() {
        try (Tape tape = engine.inference()) {
            double[] drawn = VaeLoss.sample(distribution(tape), new double[] {2, 3, -1, 0.5})
                    .value()
                    .reshape(4)
                    .toDoubleVector();
            assertArrayEquals(new double[] {3, 6, -1, -1.5}, drawn, 1e-12);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (Tape tape = engine.inference()) {
            assertThrows(IllegalArgumentException.class, () -> VaeLoss.sample(distribution(tape), new double[3]));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> VaeLoss.divergence(tape.constant(Nd4j.zeros(DataType.DOUBLE, 2, 3))));
        }
    }
}
