package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;
import slidefield.nn.kernels.Activation;

class ModuleTest {
    private static Sequential net(long seed) {
        Init init = new Init(DataType.FLOAT, seed);
        return new Sequential(
                new Conv2d(init, 2, 3, 3, true, Activation.RELU),
                new ActivationLayer(Activation.RELU),
                new Residual(init, 3, 3, 2, false),
                new PointwiseLinear(init, 3, 1, true, Activation.NONE));
    }

    @Test
    void parametersHaveDottedNamesInOrder() {
        Sequential net = net(1);
        assertEquals(
                List.of("0.weight", "0.bias", "2.conv.weight", "3.weight", "3.bias"),
                List.copyOf(net.parameters().keySet()));
        assertEquals(9 * 2 * 3 + 3 + 9 * 3 * 3 + 3 + 1, net.parameterCount());
    }

    @Test
    void loadCopiesAndRefusesOtherNetworks() {
        // given
        Sequential from = net(1);
        Sequential to = net(2);

        // when
        to.load(from.values());

        // then
        from.values().forEach((name, value) -> assertEquals(value, to.values().get(name)));
        Map<String, INDArray> missing = new LinkedHashMap<>(from.values());
        missing.remove("3.bias");
        assertThrows(InputException.class, () -> to.load(missing));
        Map<String, INDArray> unknown = new LinkedHashMap<>(from.values());
        unknown.put("4.bias", Nd4j.createFromArray(1f));
        assertThrows(InputException.class, () -> to.load(unknown));
        Map<String, INDArray> reshaped = new LinkedHashMap<>(from.values());
        reshaped.put("3.bias", Nd4j.createFromArray(1f, 2f));
        assertThrows(InputException.class, () -> to.load(reshaped));
    }

    @Test
    void initialValuesFollowFromTheSeedAlone() {
        // given the specified sequence of java.util.Random
        Random random = new Random(77);
        float[] expected = new float[100_000];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) ((2 * random.nextDouble() - 1) * 0.25);
        }

        // when
        INDArray found = new Init(DataType.FLOAT, 77).uniform(0.25, 100_000);

        // then
        assertArrayEquals(expected, found.toFloatVector());
    }

    @Test
    void normalValuesHaveTheirMoments() {
        INDArray values = new Init(DataType.DOUBLE, 78).normal(2, 100_000);
        assertEquals(0, values.meanNumber().doubleValue(), 0.03);
        assertEquals(2, values.stdNumber().doubleValue(), 0.03);
    }

    @Test
    void convolutionsStartWithinPyTorchsBound() {
        Conv2d conv = new Conv2d(new Init(DataType.DOUBLE, 79), 16, 64, 3, true, Activation.NONE);
        double bound = 1 / Math.sqrt(16 * 9);
        for (Parameter parameter : conv.parameters().values()) {
            double largest = parameter.value().amaxNumber().doubleValue();
            assertTrue(largest <= bound && largest > 0.9 * bound, largest + " of " + bound);
        }
    }
}
