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
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.kernels.Nd4jRuntime;

class OptimiserTest {
    static {
        // before the first array, as everything in the library does
        Nd4jRuntime.prepare();
    }

    private static final int SIZE = 600_000;

    /** PyTorch's single-tensor Adam and AdamW, as their documentation writes them. */
    private static double[] torchAdam(double[] start, double[][] gradients, AdamOptions o) {
        double[] value = start.clone();
        double[] m = new double[value.length];
        double[] v = new double[value.length];
        for (int t = 1; t <= gradients.length; t++) {
            for (int i = 0; i < value.length; i++) {
                double g = gradients[t - 1][i];
                if (o.decoupled()) {
                    value[i] -= o.learningRate() * o.weightDecay() * value[i];
                } else {
                    g += o.weightDecay() * value[i];
                }
                m[i] = o.beta1() * m[i] + (1 - o.beta1()) * g;
                v[i] = o.beta2() * v[i] + (1 - o.beta2()) * g * g;
                double mHat = m[i] / (1 - Math.pow(o.beta1(), t));
                double vHat = v[i] / (1 - Math.pow(o.beta2(), t));
                value[i] -= o.learningRate() * mHat / (Math.sqrt(vHat) + o.epsilon());
            }
        }
        return value;
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLE, 0.9, 0.999, 1e-8, 0, false, 1e-11",
        "DOUBLE, 0.9, 0.99, 1e-2, 0, false, 1e-11",
        "DOUBLE, 0.9, 0.99, 1e-15, 0.1, false, 1e-11",
        "DOUBLE, 0, 0.99, 1e-8, 0.1, true, 1e-11",
        "FLOAT, 0.9, 0.99, 1e-15, 0, false, 1e-5",
        "FLOAT, 0.9, 0.999, 1e-8, 0.1, true, 1e-5"
    })
    void adamIsPyTorchs(
            DataType type,
            double beta1,
            double beta2,
            double epsilon,
            double decay,
            boolean decoupled,
            double tolerance) {
        AdamOptions options = new AdamOptions(0.01, beta1, beta2, epsilon, decay, decoupled);
        OptimiserChecks.followsItsFormula(
                type,
                parameters -> new Adam(parameters, options),
                (start, gradients) -> torchAdam(start, gradients, options),
                tolerance);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "0.1, false", "0.1, true"})
    void theFastSweepEqualsTheReference(double decay, boolean decoupled) {
        // given two equal parameters with equal gradients
        AdamOptions options = new AdamOptions(0.01, 0.9, 0.99, 1e-15, decay, decoupled);
        Init init = new Init(DataType.FLOAT, 5);
        Parameter fast = new Parameter(init.normal(1, SIZE));
        Parameter plain = new Parameter(fast.value().dup());
        Adam adam = new Adam(Map.of("p", fast), options);
        AdamSlot slot = new AdamSlot(plain, options, Storage.MEMORY);

        // when one goes through the loops and the other through ND4J's updater
        for (int t = 0; t < 5; t++) {
            INDArray g = init.normal(0.3, SIZE);
            fast.gradient(g);
            plain.gradient(g);
            adam.step();
            new AdamReference(options, options.learningRate(), t).step(slot);
        }

        // then
        assertArrayEquals(doubles(plain.value()), doubles(fast.value()), 1e-6);
        assertArrayEquals(doubles(slot.m), doubles(adam.state().get("p.exp_avg")), 1e-6);
        assertArrayEquals(doubles(slot.v), doubles(adam.state().get("p.exp_avg_sq")), 1e-6);
    }

    @Test
    void adamLeavesFrozenAndUnreachedParametersAlone() {
        // given three parameters, one frozen, one without a gradient
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (String name : new String[] {"live", "frozen", "unreached"}) {
            parameters.put(name, new Parameter(Nd4j.createFromArray(1.0, 2.0)));
        }
        parameters.get("live").gradient(Nd4j.createFromArray(1.0, 1.0));
        parameters.get("frozen").gradient(Nd4j.createFromArray(1.0, 1.0));
        parameters.get("frozen").trainable(false);
        Adam adam = new Adam(parameters, AdamOptions.of(0.1));

        // when
        adam.step();

        // then
        assertArrayEquals(
                new double[] {0.9, 1.9}, doubles(parameters.get("live").value()), 1e-8);
        assertArrayEquals(new double[] {1, 2}, doubles(parameters.get("frozen").value()));
        assertArrayEquals(
                new double[] {1, 2}, doubles(parameters.get("unreached").value()));
        assertEquals(1, adam.state().get("live.step").getDouble(0));
        assertEquals(0, adam.state().get("frozen.step").getDouble(0));
    }

    @Test
    void aRateOfZeroMovesNothing() {
        Parameter parameter = new Parameter(Nd4j.createFromArray(1.0, 2.0));
        parameter.gradient(Nd4j.createFromArray(1.0, -1.0));
        Adam adam = new Adam(Map.of("p", parameter), AdamOptions.of(0.1));
        adam.learningRate(0);
        adam.step();
        assertArrayEquals(new double[] {1, 2}, doubles(parameter.value()));
        assertArrayEquals(new double[] {0.1, -0.1}, doubles(adam.state().get("p.exp_avg")), 1e-12);
    }

    @Test
    void adamContinuesFromItsState() {
        OptimiserChecks.continuesFromItsState(DataType.DOUBLE, parameters -> new Adam(parameters, AdamOptions.of(0.1)));
    }

    @Test
    void emaReachesTheDecayAskedFor() {
        // given
        Parameter parameter = new Parameter(Nd4j.createFromArray(0.0));
        Ema ema = new Ema(Map.of("p", parameter), 0.9);
        for (int n = 0; n < 100; n++) {
            ema.update();
        }

        // when
        parameter.value().assign(1);
        ema.update();

        // then
        assertEquals(0.1, ema.state().get("p").getDouble(0), 1e-12);
    }

    @Test
    void emaAveragesAndSwaps() {
        // given
        Parameter parameter = new Parameter(Nd4j.createFromArray(1.0, 10.0));
        Ema ema = new Ema(Map.of("p", parameter), 0.9);

        // when
        parameter.value().assign(Nd4j.createFromArray(2.0, 20.0));
        ema.update();
        parameter.value().assign(Nd4j.createFromArray(3.0, 0.0));
        ema.update();

        // then with the decays 2/11 and 3/12, both below 0.9, 3/12 (2/11 * 1 + 9/11 * 2) + 9/12 * 3, and the like
        double[] average = {0.25 * 20 / 11 + 2.25, 0.25 * 200 / 11};
        assertArrayEquals(average, doubles(ema.state().get("p")), 1e-12);
        ema.swap();
        assertArrayEquals(average, doubles(parameter.value()), 1e-12);
        assertThrows(IllegalStateException.class, ema::update);
        ema.swap();
        assertArrayEquals(new double[] {3, 0}, doubles(parameter.value()));
        assertArrayEquals(average, doubles(ema.state().get("p")), 1e-12);
    }

    @Test
    void theFastAverageEqualsTheReference() {
        // given the same values in FLOAT, which loops average, and in DOUBLE, which ND4J does
        Init init = new Init(DataType.DOUBLE, 6);
        Parameter plain = new Parameter(init.normal(1, SIZE));
        Parameter fast = new Parameter(plain.value().castTo(DataType.FLOAT));
        Ema reference = new Ema(Map.of("p", plain), 0.9);
        Ema loops = new Ema(Map.of("p", fast), 0.9);

        // when
        for (int t = 0; t < 5; t++) {
            plain.value().addi(init.normal(0.1, SIZE));
            fast.value().assign(plain.value());
            reference.update();
            loops.update();
        }

        // then
        assertArrayEquals(
                doubles(reference.state().get("p")), doubles(loops.state().get("p")), 1e-6);
    }

    @Test
    void impossibleOptionsAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> AdamOptions.of(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> AdamOptions.of(-1));
        assertThrows(IllegalArgumentException.class, () -> new AdamOptions(1, 1, 0.9, 1e-8, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new AdamOptions(1, 0.9, 0.9, 0, 0, false));
        assertThrows(IllegalArgumentException.class, () -> new Ema(Map.of(), 1));
    }
}
