package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.io.InputException;
import slidefield.nn.kernels.Activation;
import slidefield.nn.kernels.Nd4jKernels;

/** A network in bf16 over float32 weights. */
class PrecisionTest {
    /** All that a field's decoder and head are made of. */
    private static final class Net extends Module {
        private final Module local;
        private final Module global;
        private final Module head;

        Net(Init init) {
            Activation relu = Activation.RELU;
            local = child("local", new Sequential(new Conv2d(init, 6, 8, 3, false, Activation.NONE), new Sine(5)));
            global = child("global", new PointwiseLinear(init, 6, 8, true, relu));
            head = child(
                    "head",
                    new Sequential(
                            new Conv2d(init, 16, 8, 3, true, relu),
                            new Residual(init, 8, 3, 2, true),
                            new PointwiseLinear(init, 8, 3, true, Activation.NONE)));
        }

        @Override
        public Tensor forward(Tensor x) {
            Engine engine = x.tape().engine();
            Tensor image = Arithmetic.cast(x, engine.imageType());
            Tensor fused = Shapes.concat(List.of(local.forward(image), global.forward(image)));
            return Activations.sigmoid(Arithmetic.cast(head.forward(fused), engine.type()));
        }
    }

    /** The fast kernels in bf16, or a visible skip where there are none. */
    private static Engine fast() {
        try {
            return Engine.preferred(Precision.BF16);
        } catch (InputException absent) {
            return Assumptions.abort(absent.getMessage());
        }
    }

    /** Losses and weights of a short training. */
    private record Course(double first, double last, Map<String, float[]> weights) {}

    private static Course train(Engine engine, int steps) {
        Init init = new Init(DataType.FLOAT, 61);
        Net net = new Net(init);
        INDArray x = init.normal(1, 1, 24, 24, 6);
        INDArray target = init.uniform(0.5, 1, 24, 24, 3).addi(0.5);
        Adam adam = new Adam(net.parameters(), AdamOptions.of(3e-3));
        double first = Double.NaN;
        double last = Double.NaN;
        for (int step = 0; step < steps; step++) {
            try (Tape tape = engine.record()) {
                Tensor loss = Losses.mse(net.forward(tape.variable(x)), target);
                tape.backward(loss);
                adam.step();
                last = loss.scalar();
                first = step == 0 ? last : first;
            }
        }
        return new Course(first, last, floats(net.values()));
    }

    private static Map<String, float[]> floats(Map<String, INDArray> arrays) {
        Map<String, float[]> values = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            assertEquals(DataType.FLOAT, array.dataType(), name);
            values.put(name, array.dup().data().asFloat());
        });
        return values;
    }

    @Test
    void trainingInBf16LowersTheLossAsMuchAsInFloat32() {
        try (Engine half = fast();
                Engine full = Engine.preferred()) {
            Course narrow = train(half, 60);
            Course wide = train(full, 60);

            assertEquals(wide.first(), narrow.first(), 1e-2 * wide.first());
            double fall = wide.first() - wide.last();
            assertEquals(fall, narrow.first() - narrow.last(), 0.1 * fall);
            assertTrue(narrow.last() < 0.9 * narrow.first(), narrow.first() + " -> " + narrow.last());
        }
    }

    @Test
    void oneSeedGivesTheSameBits() {
        try (Engine one = fast();
                Engine other = fast()) {
            Course first = train(one, 8);
            Course second = train(other, 8);

            assertEquals(first.last(), second.last());
            first.weights()
                    .forEach((name, values) ->
                            assertArrayEquals(values, second.weights().get(name), name));
        }
    }

    @Test
    void gradientsAreTheReferencesUpToRounding() {
        try (Engine fast = fast();
                Engine reference = Engine.reference(Precision.BF16)) {
            Map<String, float[]> expected = gradients(reference);
            Map<String, float[]> found = gradients(fast);

            expected.forEach((name, values) -> {
                double largest = 0;
                for (float value : values) {
                    largest = Math.max(largest, Math.abs(value));
                }
                for (int i = 0; i < values.length; i++) {
                    assertEquals(values[i], found.get(name)[i], 1e-2 * largest, name + " at " + i);
                }
            });
        }
    }

    private static Map<String, float[]> gradients(Engine engine) {
        Init init = new Init(DataType.FLOAT, 62);
        Net net = new Net(init);
        INDArray x = init.normal(1, 1, 24, 24, 6);
        INDArray target = init.uniform(0.5, 1, 24, 24, 3).addi(0.5);
        try (Tape tape = engine.record()) {
            Tensor leaf = tape.variable(x);
            tape.backward(Losses.mse(net.forward(leaf), target));
            Map<String, INDArray> gradients = new LinkedHashMap<>();
            gradients.put("x", leaf.gradient());
            net.parameters().forEach((name, parameter) -> gradients.put(name, parameter.gradient()));
            return floats(gradients);
        }
    }

    @Test
    void aCastRoundsAndItsGradientComesBackInTheFirstType() {
        // given a value between two of bf16, on the reference, which runs everywhere
        INDArray x = Nd4j.createFromArray(new float[] {1 + 0x1p-9f, -3});
        try (Engine engine = Engine.reference(Precision.BF16);
                Tape tape = engine.record()) {
            Tensor leaf = tape.variable(x);

            // when
            Tensor image = Arithmetic.cast(leaf, engine.imageType());
            Tensor back = Arithmetic.cast(image, engine.type());
            tape.backward(Arithmetic.sum(Arithmetic.multiply(back, back)));

            // then
            assertEquals(DataType.BFLOAT16, image.type());
            assertSame(back, Arithmetic.cast(back, DataType.FLOAT));
            assertArrayEquals(new float[] {1, -3}, back.value().toFloatVector());
            assertArrayEquals(new float[] {2, -6}, leaf.gradient().toFloatVector());
        }
    }

    @Test
    void typesAreNotMixedSilently() {
        try (Engine engine = Engine.reference(Precision.BF16);
                Tape tape = engine.record()) {
            Tensor full = tape.constant(Nd4j.ones(DataType.FLOAT, 1, 2, 2, 2));
            Tensor image = Arithmetic.cast(full, DataType.BFLOAT16);

            for (Runnable mixed : List.<Runnable>of(
                    () -> Arithmetic.add(full, image),
                    () -> Shapes.concat(List.of(full, image)),
                    () -> Losses.mse(image, full.value()),
                    () -> Convolutions.pointwise(
                            full, tape.constant(Nd4j.ones(DataType.FLOAT, 2, 2)), null, image, Activation.NONE))) {
                String said =
                        assertThrows(IllegalArgumentException.class, mixed::run).getMessage();
                assertTrue(said.contains("BFLOAT16") && said.contains("FLOAT"), said);
            }
        }
    }

    @Test
    void aPrecisionThatTheKernelsLackIsOneClearLine() {
        InputException refused =
                assertThrows(InputException.class, () -> Engine.of(new Nd4jKernels(DataType.FLOAT), Precision.BF16));

        assertTrue(refused.getMessage().contains("bf16") && refused.getMessage().contains("nd4j"));
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void aPrecisionIsReadByItsName() {
        assertEquals(Precision.BF16, Precision.of(" BF16"));
        assertEquals("f32", Precision.F32.text());
        assertTrue(assertThrows(InputException.class, () -> Precision.of("f8"))
                .getMessage()
                .contains("f32 or bf16"));
    }
}
