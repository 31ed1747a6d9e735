package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Convolution;

/** Whole training steps of a small network that has every part of the field's decoder. */
class TrainingTest {
    /** A decoder in small: two branches, fused, a dilated residual head. */
    private static final class Net extends Module {
        private final Module local;
        private final Module global;
        private final Module head;

        Net(Init init, int width) {
            Activation relu = Activation.RELU;
            local = child("local", new Conv2d(init, 6, width, 3, true, relu));
            global = child("global", new PointwiseLinear(init, 6, width, true, relu));
            head = child(
                    "head",
                    new Sequential(
                            new Conv2d(init, 2 * width, width, 3, true, relu),
                            new Residual(init, width, 3, 1, true),
                            new Residual(init, width, 3, 2, true),
                            new PointwiseLinear(init, width, 3, true, Activation.SIGMOID)));
        }

        @Override
        public Tensor forward(Tensor x) {
            return head.forward(Shapes.concat(List.of(local.forward(x), global.forward(x))));
        }
    }

    private record Result(double loss, Map<String, double[]> parameters) {}

    private static Result train(Engine engine, int steps, int size) {
        Init init = new Init(engine.type(), 42);
        Net net = new Net(init, 8);
        INDArray x = init.normal(1, 1, size, size, 6);
        INDArray target = init.uniform(0.5, 1, size, size, 3).addi(0.5);
        Adam adam = new Adam(net.parameters(), AdamOptions.of(3e-3));
        double loss = Double.NaN;
        for (int step = 0; step < steps; step++) {
            try (Tape tape = engine.record()) {
                Tensor error = Losses.mse(net.forward(tape.constant(x)), target);
                tape.backward(error);
                adam.step();
                loss = error.scalar();
            }
        }
        Map<String, double[]> values = new LinkedHashMap<>();
        net.values()
                .forEach((name, value) -> values.put(
                        name,
                        value.reshape('c', new long[] {value.length()})
                                .castTo(DataType.DOUBLE)
                                .toDoubleVector()));
        return new Result(loss, values);
    }

    @Test
    void trainingLowersTheLoss() {
        try (Engine engine = Engine.preferred()) {
            double before = train(engine, 1, 16).loss();
            double after = train(engine, 60, 16).loss();
            assertTrue(after < 0.9 * before, before + " -> " + after);
        }
    }

    @Test
    void oneSeedGivesTheSameBits() {
        // given, when
        Result first = train(Engine.preferred(), 8, 40);
        Result second = train(Engine.preferred(), 8, 40);

        // then
        assertEquals(first.loss(), second.loss());
        first.parameters()
                .forEach((name, values) ->
                        assertArrayEquals(values, second.parameters().get(name), name));
    }

    @Test
    void floatIsDoubleUpToRounding() {
        // given the gradients of one step in both precisions, in FLOAT also from the fast kernels
        Map<String, double[]> doubles = gradients(Engine.reference(DataType.DOUBLE));
        for (Engine engine : List.of(Engine.reference(DataType.FLOAT), Engine.preferred())) {
            Map<String, double[]> floats = gradients(engine);

            // then
            doubles.forEach((name, expected) -> {
                double largest = 0;
                for (double value : expected) {
                    largest = Math.max(largest, Math.abs(value));
                }
                for (int i = 0; i < expected.length; i++) {
                    assertEquals(expected[i], floats.get(name)[i], 1e-5 * largest, name + " at " + i);
                }
            });
        }
    }

    private static Map<String, double[]> gradients(Engine engine) {
        DataType type = engine.type();
        // drawn once in FLOAT, so that both precisions start from the same numbers
        Init init = new Init(DataType.FLOAT, 43);
        Net net = new Net(init, 8);
        INDArray x = init.normal(1, 1, 24, 24, 6).castTo(type);
        INDArray target = init.uniform(0.5, 1, 24, 24, 3).addi(0.5).castTo(type);
        Net typed = new Net(new Init(type, 1), 8);
        typed.load(net.values());
        Map<String, double[]> gradients = new LinkedHashMap<>();
        try (engine;
                Tape tape = engine.record()) {
            Tensor loss = Losses.mse(typed.forward(tape.constant(x)), target);
            tape.backward(loss);
            gradients.put("loss", new double[] {loss.scalar()});
            typed.parameters()
                    .forEach((name, parameter) -> gradients.put(
                            name,
                            parameter
                                    .gradient()
                                    .reshape(
                                            'c',
                                            new long[] {parameter.gradient().length()})
                                    .castTo(DataType.DOUBLE)
                                    .toDoubleVector()));
        }
        return gradients;
    }

    @Test
    void threeHundredStepsTakeNoMoreMemory() {
        Assumptions.assumeTrue(NativeMemory.allocated().isPresent(), "needs glibc 2.33 or later to measure");
        try (Engine engine = Engine.preferred()) {
            // given a warm network; one of its arrays of 64 x 64 x 8 floats is 128 KiB
            Init init = new Init(engine.type(), 45);
            Module net = new Sequential(
                    new Conv2d(init, 8, 8, Convolution.same(3, 2), true, Activation.RELU),
                    new PointwiseLinear(init, 8, 8, true, Activation.SIGMOID));
            INDArray x = init.normal(1, 1, 64, 64, 8);
            INDArray target = init.zeros(1, 64, 64, 8);
            Adam adam = new Adam(net.parameters(), AdamOptions.of(1e-3));
            steps(engine, net, adam, x, target, 50);
            long arena = engine.arenaBytes();
            long before = NativeMemory.allocated().getAsLong();

            // when: one array left behind per step would be 37 MiB; handles of views wait for the collector
            steps(engine, net, adam, x, target, 300);

            // then
            long growth = NativeMemory.allocated().getAsLong() - before;
            assertEquals(arena, engine.arenaBytes());
            assertTrue(growth < 24L << 20, "off-heap memory grew by " + growth + " bytes");
        }
    }

    private static void steps(Engine engine, Module net, Adam adam, INDArray x, INDArray target, int steps) {
        for (int step = 0; step < steps; step++) {
            try (Tape tape = engine.record()) {
                tape.backward(Losses.mse(net.forward(tape.constant(x)), target));
                adam.step();
            }
        }
    }

    @Test
    void frozenPartsStayAsTheyAreToTheBit() {
        // given
        Init init = new Init(DataType.FLOAT, 44);
        Net net = new Net(init, 4);
        net.local.trainable(false);
        double[] before = net.parameters()
                .get("local.weight")
                .value()
                .reshape('c', new long[] {216})
                .toDoubleVector();
        double[] other = net.parameters()
                .get("global.weight")
                .value()
                .reshape('c', new long[] {24})
                .toDoubleVector();
        Adam adam = new Adam(net.parameters(), new AdamOptions(0.1, 0.9, 0.99, 1e-8, 0.1, true));

        // when
        try (Engine engine = Engine.preferred()) {
            for (int step = 0; step < 3; step++) {
                try (Tape tape = engine.record()) {
                    tape.backward(Arithmetic.mean(net.forward(tape.constant(init.normal(1, 1, 9, 9, 6)))));
                    adam.step();
                }
            }
        }

        // then
        assertArrayEquals(
                before,
                net.parameters()
                        .get("local.weight")
                        .value()
                        .reshape('c', new long[] {216})
                        .toDoubleVector());
        double[] after = net.parameters()
                .get("global.weight")
                .value()
                .reshape('c', new long[] {24})
                .toDoubleVector();
        assertTrue(!java.util.Arrays.equals(other, after), "the other branch must move");
    }
}
