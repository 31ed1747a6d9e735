package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.io.InputException;
import slidefield.nn.kernels.Nd4jRuntime;

/** What the tests of all optimisers share. */
final class OptimiserChecks {
    static {
        // before the first array, as everything in the library does
        Nd4jRuntime.prepare();
    }

    /** More values than one chunk or turn of a sweep. */
    private static final int SIZE = 600_000;

    private OptimiserChecks() {}

    /** Makes an optimiser of parameters. */
    interface Make extends Function<Map<String, Parameter>, Optimiser> {}

    /** An algorithm as its documentation writes it: where values end that began somewhere and had these gradients. */
    interface Formula {
        double[] end(double[] start, double[][] gradients);
    }

    /** An optimiser does in four steps what its formula says, and leaves the gradients as they are. */
    static void followsItsFormula(DataType type, Make make, Formula formula, double tolerance) {
        // given
        Init init = new Init(type, 11);
        Parameter parameter = new Parameter(init.normal(1, SIZE));
        double[] start = doubles(parameter.value());
        double[][] gradients = new double[4][];
        Optimiser optimiser = make.apply(Map.of("p", parameter));

        // when
        for (int t = 0; t < gradients.length; t++) {
            INDArray g = init.normal(0.3, SIZE);
            gradients[t] = doubles(g);
            parameter.gradient(g);
            optimiser.step();
            assertArrayEquals(gradients[t], doubles(g), "the gradient must stay");
        }

        // then
        double[] expected = formula.end(start, gradients);
        double[] found = doubles(parameter.value());
        for (int i = 0; i < SIZE; i++) {
            assertEquals(expected[i], found[i], tolerance, "at " + i);
        }
    }

    /** Another optimiser continues from the state of the first to the bit, and refuses a state that is not its own. */
    static void continuesFromItsState(DataType type, Make make) {
        // given a parameter, stepped twice
        Init init = new Init(type, 12);
        INDArray start = init.normal(1, 7);
        INDArray g = init.normal(1, 7);
        Parameter one = new Parameter(start.dup());
        one.gradient(g);
        Optimiser whole = make.apply(Map.of("p", one));
        whole.step();
        INDArray middle = one.value().dup();
        Map<String, INDArray> saved = new LinkedHashMap<>();
        whole.state().forEach((name, array) -> saved.put(name, array.dup()));
        whole.step();

        // when another continues from the state after the first step
        Parameter two = new Parameter(middle);
        two.gradient(g);
        Optimiser resumed = make.apply(Map.of("p", two));
        resumed.load(saved);
        resumed.step();

        // then
        assertArrayEquals(doubles(one.value()), doubles(two.value()));
        assertThrows(InputException.class, () -> resumed.load(Map.of()));
    }

    static double[] doubles(INDArray array) {
        return array.castTo(DataType.DOUBLE).toDoubleVector();
    }
}
