package slidefield.nn.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.Init;

class Nd4jKernelsTest {
    static {
        // before the first array, as everything in the library does
        Nd4jRuntime.prepare();
    }

    @Test
    void crossEntropyStaysFiniteForHugeLogits() {
        // given logits beyond the range of exp in FLOAT
        INDArray logits = Nd4j.createFromArray(1000f, -1000f, 1000f, -1000f, 0f);
        INDArray target = Nd4j.createFromArray(1f, 0f, 0f, 1f, 0.5f);
        INDArray gradient = Nd4j.createFromArray(9f, 9f, 9f, 9f, 9f);

        // when
        double sum;
        try (Kernels kernels = new Nd4jKernels(DataType.FLOAT)) {
            sum = kernels.binaryCrossEntropy(logits, target, gradient);
        }

        // then right answers cost nothing, wrong ones their logit
        assertEquals(2000 + Math.log(2), sum, 1e-3);
        assertArrayEquals(new float[] {0, 0, 1, -1, 0}, gradient.toFloatVector(), 1e-6f);
    }

    @Test
    void activationsAreWhatTheirNamesSay() {
        try (Kernels kernels = new Nd4jKernels(DataType.DOUBLE)) {
            double[] x = {-2, 0, 0.5};
            assertArrayEquals(new double[] {-2, 0, 0.5}, activated(kernels, Activation.NONE, x), 1e-15);
            assertArrayEquals(new double[] {0, 0, 0.5}, activated(kernels, Activation.RELU, x), 1e-15);
            assertArrayEquals(new double[] {-0.4, 0, 0.5}, activated(kernels, Activation.LEAKY_RELU_02, x), 1e-15);
            assertArrayEquals(new double[] {-0.6, 0, 0.5}, activated(kernels, Activation.LEAKY_RELU_03, x), 1e-15);
            double[] tanh = {Math.tanh(-2), 0, Math.tanh(0.5)};
            assertArrayEquals(tanh, activated(kernels, Activation.TANH, x), 1e-15);
            double[] sigmoid = {1 / (1 + Math.exp(2)), 0.5, 1 / (1 + Math.exp(-0.5))};
            assertArrayEquals(sigmoid, activated(kernels, Activation.SIGMOID, x), 1e-15);
        }
    }

    private static double[] activated(Kernels kernels, Activation activation, double[] values) {
        INDArray x = Nd4j.createFromArray(values);
        INDArray y = x.ulike();
        kernels.activation(activation, x, y);
        return y.toDoubleVector();
    }

    @Test
    void combineTakesTheSameArrayTwiceAndAsOutput() {
        try (Kernels kernels = new Nd4jKernels(DataType.DOUBLE)) {
            INDArray x = Nd4j.createFromArray(1.0, 2.0, -3.0);
            kernels.combine(2, x, 0.5, x, x);
            assertArrayEquals(new double[] {2.5, 5, -7.5}, x.toDoubleVector(), 1e-15);
            INDArray y = Nd4j.createFromArray(1.0, 1.0, 1.0);
            kernels.combine(3, x, -1, y, y);
            assertArrayEquals(new double[] {6.5, 14, -23.5}, y.toDoubleVector(), 1e-15);
            kernels.combine(0, x, 1, y, x);
            assertArrayEquals(new double[] {6.5, 14, -23.5}, x.toDoubleVector(), 1e-15);
        }
    }

    @Test
    void sumsOfManyFloatsKeepTheirPrecision() {
        // given a million values around 0.5 whose exact sum is known
        INDArray x = new Init(DataType.FLOAT, 5).uniform(0.5, 1_000_000).addi(0.5);
        double exact = 0;
        for (float value : x.toFloatVector()) {
            exact += value;
        }

        // when
        try (Kernels kernels = new Nd4jKernels(DataType.FLOAT)) {
            // then
            assertEquals(1, kernels.sum(x) / exact, 1e-5);
            assertEquals(
                    1,
                    kernels.dot(x, x)
                            / x.mul(x).castTo(DataType.DOUBLE).sumNumber().doubleValue(),
                    1e-5);
        }
    }

    @Test
    void refusesOtherTypes() {
        assertThrows(IllegalArgumentException.class, () -> new Nd4jKernels(DataType.INT32));
    }
}
