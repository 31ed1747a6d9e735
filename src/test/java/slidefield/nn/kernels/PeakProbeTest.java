package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PeakProbeTest {
    private static final int SIZE = 48;

    @Test
    void whatIsTimedIsTheProduct() {
        // given
        Random random = new Random(5);
        INDArray a = Nd4j.createFromArray(PeakProbe.values(SIZE * SIZE, random)).reshape('c', SIZE, SIZE);
        INDArray b = Nd4j.createFromArray(PeakProbe.values(SIZE * SIZE, random)).reshape('c', SIZE, SIZE);
        float[] expected = a.mmul(b).dup('c').data().asFloat();
        // when / then
        assertArrayEquals(expected, product(DataType.FLOAT), 1e-4f);
        assertArrayEquals(expected, product(DataType.BFLOAT16), 0.1f);
    }

    private static float[] product(DataType type) {
        try (OneDnnProduct product = new OneDnnProduct(type, SIZE, 5)) {
            product.run();
            return product.result();
        } catch (LinkageError | IllegalStateException absent) {
            assumeTrue(false, "no oneDNN product in " + type + " here: " + absent.getMessage());
            return new float[0];
        }
    }

    @Test
    void theYardsticksAreThoseOfAProcessor() {
        // when
        double reference = PeakProbe.gflops(new Nd4jKernels(DataType.FLOAT), DataType.FLOAT);
        double memory = PeakProbe.gigabytesPerSecond();
        // then one of a 1990s machine and one of a large server bound them
        assertTrue(reference > 1 && reference < 1e5, "GFLOP/s: " + reference);
        assertTrue(memory > 0.5 && memory < 5e3, "GB/s: " + memory);
    }

    @Test
    void aTypeWithoutYardstickIsRefused() {
        try (Nd4jKernels reference = new Nd4jKernels(DataType.FLOAT)) {
            assertThrows(IllegalArgumentException.class, () -> PeakProbe.gflops(reference, DataType.BFLOAT16));
            assertThrows(IllegalArgumentException.class, () -> PeakProbe.gflops(reference, DataType.DOUBLE));
        }
    }
}
