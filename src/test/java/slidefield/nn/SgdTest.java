package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static slidefield.nn.OptimiserChecks.doubles;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.kernels.Nd4jRuntime;

class SgdTest {
    static {
        // before the first array, as everything in the library does
        Nd4jRuntime.prepare();
    }

    /** PyTorch's SGD as its documentation writes it. */
    private static double[] torchSgd(double[] start, double[][] gradients, SgdOptions o) {
        double[] value = start.clone();
        double[] b = new double[value.length];
        for (int t = 0; t < gradients.length; t++) {
            for (int i = 0; i < value.length; i++) {
                double g = gradients[t][i] + o.weightDecay() * value[i];
                b[i] = t == 0 ? g : o.momentum() * b[i] + g;
                value[i] -= o.learningRate() * b[i];
            }
        }
        return value;
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLE, 0.9, 1e-4, 1e-12",
        "DOUBLE, 0, 0, 1e-12",
        "FLOAT, 0.9, 1e-4, 1e-5",
        "FLOAT, 0.5, 0.1, 1e-5",
        "FLOAT, 0, 0, 1e-5"
    })
    void sgdIsPyTorchs(DataType type, double momentum, double decay, double tolerance) {
        SgdOptions options = new SgdOptions(0.01, momentum, decay);
        OptimiserChecks.followsItsFormula(
                type,
                parameters -> new Sgd(parameters, options),
                (start, gradients) -> torchSgd(start, gradients, options),
                tolerance);
    }

    @Test
    void sgdLeavesFrozenAndUnreachedParametersAlone() {
        // given three parameters with a direction left, one then frozen, one without a gradient
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (String name : new String[] {"live", "frozen", "unreached"}) {
            parameters.put(name, new Parameter(Nd4j.createFromArray(1f, 2f)));
            parameters.get(name).gradient(Nd4j.createFromArray(1f, 1f));
        }
        Sgd sgd = new Sgd(parameters, new SgdOptions(0.1, 0.5, 0.1));
        sgd.step();
        parameters.get("frozen").trainable(false);
        parameters.get("unreached").gradient(null);
        Map<String, double[]> before = new LinkedHashMap<>();
        parameters.forEach((name, p) -> before.put(name, doubles(p.value())));

        // when
        sgd.step();

        // then
        assertArrayEquals(before.get("frozen"), doubles(parameters.get("frozen").value()));
        assertArrayEquals(
                before.get("unreached"), doubles(parameters.get("unreached").value()));
        double first = 1 - 0.1 * 1.1;
        double second = first - 0.1 * (0.5 * 1.1 + 1 + 0.1 * first);
        assertEquals(second, doubles(parameters.get("live").value())[0], 1e-6);
    }

    @Test
    void sgdContinuesFromItsState() {
        OptimiserChecks.continuesFromItsState(
                DataType.FLOAT, parameters -> new Sgd(parameters, new SgdOptions(0.1, 0.9, 1e-4)));
    }

    @Test
    void impossibleOptionsAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> new SgdOptions(Double.NaN, 0.9, 0));
        assertThrows(IllegalArgumentException.class, () -> new SgdOptions(0.1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new SgdOptions(0.1, 0.9, -1));
        Sgd sgd = new Sgd(Map.of(), new SgdOptions(0.1, 0.9, 0));
        assertThrows(IllegalArgumentException.class, () -> sgd.learningRate(-1));
        sgd.learningRate(0.05);
        assertEquals(0.05, sgd.learningRate());
    }
}
