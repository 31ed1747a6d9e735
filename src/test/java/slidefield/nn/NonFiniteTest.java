package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Nd4jRuntime;

/** Bad numbers are seen wherever they are, and by every optimiser before they get into a weight. */
class NonFiniteTest {
    static {
        Nd4jRuntime.prepare();
    }

    private static final int LENGTH = 150_001;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000, LENGTH - 1})
    void oneBadValueAnywhereIsFound(int at) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            Map<String, INDArray> arrays = new LinkedHashMap<>();
            arrays.put("good", Nd4j.valueArrayOf(new long[] {LENGTH}, 3.0, type));
            arrays.put("bad", Nd4j.valueArrayOf(new long[] {LENGTH}, 3.0, type));
            assertEquals(List.of(), NonFinite.in(arrays));
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                arrays.get("bad").putScalar(at, value);
                assertEquals(List.of("bad"), NonFinite.in(arrays));
            }
        }
    }

    @Test
    void theLoopSeesEveryPlaceAndNothingBeyond() {
        float[] values = new float[23];
        for (int bad = 0; bad < values.length; bad++) {
            Arrays.fill(values, 1e18f);
            values[bad] = Float.NaN;
            for (int offset = 0; offset < 5; offset++) {
                int count = 13;
                boolean inside = bad >= offset && bad < offset + count;
                assertEquals(!inside, NonFinite.squaresAreFinite(values, offset, count), bad + " from " + offset);
            }
        }
        assertFalse(NonFinite.squaresAreFinite(new float[] {2e19f}, 0, 1));
    }

    @ParameterizedTest
    @CsvSource({"1, FLOAT", "2, FLOAT", "1, DOUBLE"})
    void aBiasThatIsNoNumberIsNotTakenForOne(int channels, DataType type) {
        // given
        PointwiseLinear layer = new PointwiseLinear(new Init(type, 1), 3, channels, true, Activation.NONE);
        layer.parameters().get("bias").value().putScalar(channels - 1, Double.NaN);
        List<Engine> engines = type == DataType.DOUBLE
                ? List.of(Engine.reference(type))
                : List.of(Engine.reference(type), Engine.preferred());
        for (Engine engine : engines) {
            try (Tape tape = engine.inference()) {
                // when
                Tensor y = layer.forward(tape.constant(Nd4j.ones(type, 1, 2, 2, 3)));
                // then
                assertTrue(
                        Double.isNaN(y.value().getDouble(0, 1, 1, channels - 1)),
                        engine.kernels().name());
            }
        }
    }

    private static Optimiser optimiser(String rule, Map<String, Parameter> parameters) {
        return rule.equals("adam")
                ? new Adam(parameters, AdamOptions.of(0.1))
                : new Sgd(parameters, new SgdOptions(0.1, 0.9, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "adam, FLOAT, NaN",
        "adam, FLOAT, -Infinity",
        "adam, FLOAT, 2e19",
        "adam, DOUBLE, NaN",
        "sgd, FLOAT, Infinity",
        "sgd, DOUBLE, NaN"
    })
    void aBadGradientIsNamedAndKeptOutOfTheWeights(String rule, DataType type, double value) {
        // given three parameters, the second with a bad gradient at its very end
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        Init init = new Init(type, 1);
        for (String name : List.of("first", "second", "third")) {
            Parameter parameter = new Parameter(init.normal(1, 70_000));
            parameter.gradient(init.normal(1, 70_000));
            parameters.put(name, parameter);
        }
        Optimiser optimiser = optimiser(rule, parameters);
        optimiser.step();
        parameters.get("second").gradient().putScalar(69_999, value);
        // when
        NonFiniteException bad = assertThrows(NonFiniteException.class, optimiser::step);
        // then
        assertTrue(bad.getMessage().startsWith("the gradient of \"second\" is"), bad.getMessage());
        parameters.values().forEach(p -> assertFalse(NonFinite.isIn(p.value())));
        optimiser.state().values().forEach(array -> assertFalse(NonFinite.isIn(array)));
        // and of several the one is named that a backward pass meets first
        parameters.get("first").gradient().putScalar(0, Double.NaN);
        bad = assertThrows(NonFiniteException.class, optimiser::step);
        assertTrue(
                bad.getMessage().startsWith("the gradients of 2 parameters, first that of \"second\", are"),
                bad.getMessage());
    }

    @Test
    void aBadSparseGradientIsNamedToo() {
        // given a gradient of two chunks of a table
        Engine engine = Engine.reference(DataType.FLOAT);
        Parameter table = new Parameter(new Init(DataType.FLOAT, 3).normal(1, 20 * Chunks.SIZE));
        Adam adam = new Adam(Map.of("table", table), AdamOptions.of(0.1));
        Chunks chunks = new Chunks(20 * Chunks.SIZE);
        SparseGradient sparse = new SparseGradient(chunks);
        chunks.add(3 * Chunks.SIZE, 3 * Chunks.SIZE + 1);
        chunks.add(7 * Chunks.SIZE, 7 * Chunks.SIZE + 1);
        for (float value : new float[] {1, Float.NaN}) {
            Arrays.fill(sparse.reset(), 0, 2 * Chunks.SIZE, 0);
            sparse.values()[Chunks.SIZE + 5] = value;
            try (Tape tape = engine.record()) {
                Tensor leaf = tape.parameter(table);
                Tensor loss = tape.node(Nd4j.createFromArray(1f), List.of(leaf), g -> {
                    leaf.accumulate(sparse);
                    tape.recycle(g);
                });
                tape.backward(loss);
                // when / then
                if (Float.isNaN(value)) {
                    NonFiniteException bad = assertThrows(NonFiniteException.class, adam::step);
                    assertTrue(bad.getMessage().contains("\"table\""), bad.getMessage());
                } else {
                    adam.step();
                }
            }
        }
        assertFalse(NonFinite.isIn(table.value()));
    }
}
