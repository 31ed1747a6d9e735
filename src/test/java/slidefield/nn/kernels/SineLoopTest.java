package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Init;

/** The sine's own arithmetic against the library's in double precision. */
class SineLoopTest {
    @ParameterizedTest
    @CsvSource({"0.001, 2e-7", "1, 3e-7", "100, 3e-7", "1000, 3e-7", "10000, 3e-7", "100000, 3e-6"})
    void sineAndGradientAreAccurateUpToLargeAngles(double largest, double tolerance) {
        // given angles of both signs, enough of them for several threads
        double omega = 30;
        INDArray x = new Init(DataType.FLOAT, 71).uniform(largest / omega, 100_003);
        INDArray gy = new Init(DataType.FLOAT, 72).uniform(1, x.length());
        INDArray y = x.ulike();
        INDArray gx = x.ulike();

        // when
        SineLoop.sine(omega, x, y);
        SineLoop.gradient(omega, x, gy, gx);

        // then
        double sineError = 0;
        double cosineError = 0;
        for (int i = 0; i < x.length(); i++) {
            float angle = 30f * x.getFloat(i);
            sineError = Math.max(sineError, Math.abs(y.getFloat(i) - Math.sin(angle)));
            double expected = omega * gy.getFloat(i) * Math.cos(angle);
            cosineError = Math.max(cosineError, Math.abs(gx.getFloat(i) - expected) / omega);
        }
        assertTrue(sineError < tolerance, "sine off by " + sineError);
        assertTrue(cosineError < tolerance, "cosine off by " + cosineError);
    }

    @Test
    void turningPointsAndZeroAreMet() {
        INDArray x = Nd4j.createFromArray(
                new float[] {0, (float) (Math.PI / 2), (float) -Math.PI, (float) (1.5 * Math.PI), Float.NaN});
        INDArray y = x.ulike();

        SineLoop.sine(1, x, y);

        assertEquals(0, y.getFloat(0));
        assertEquals(1, y.getFloat(1), 1e-6);
        assertEquals(0, y.getFloat(2), 1e-6);
        assertEquals(-1, y.getFloat(3), 1e-6);
        assertTrue(Float.isNaN(y.getFloat(4)));
    }
}
