package slidefield.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import slidefield.nn.kernels.Activation;

class TapeTest {
    private final Engine engine = Engine.reference(DataType.DOUBLE);

    @Test
    void gradientsOfSharedTensorsAddUp() {
        // given y = 3 x + x x with x = (1, 2)
        try (Tape tape = engine.record()) {
            Tensor x = tape.variable(Nd4j.createFromArray(1.0, 2.0));
            Tensor y = Arithmetic.add(Arithmetic.scale(x, 3), Arithmetic.multiply(x, x));

            // when
            tape.backward(Arithmetic.sum(y));

            // then dy/dx = 3 + 2 x
            assertArrayEquals(new double[] {5, 7}, x.gradient().toDoubleVector(), 1e-12);
        }
    }

    @Test
    void aStepReusesTheArraysOfTheStepBeforeAndIsStillRight() {
        // given
        INDArray values = new Init(DataType.DOUBLE, 1).normal(1, 4, 4);
        double[] first;
        try (Tape tape = engine.record()) {
            Tensor x = tape.variable(values);
            Tensor y = Activations.sine(x, 2);
            tape.backward(Arithmetic.sum(y));
            first = x.gradient().reshape('c', new long[] {16}).toDoubleVector();
        }
        long bytes = engine.arenaBytes();

        // when
        try (Tape tape = engine.record()) {
            Tensor x = tape.variable(values);
            Tensor y = Activations.sine(x, 2);
            tape.backward(Arithmetic.sum(y));

            // then
            assertArrayEquals(first, x.gradient().reshape('c', new long[] {16}).toDoubleVector());
            assertEquals(bytes, engine.arenaBytes());
        }
    }

    @Test
    void frozenPartsGetNoGradientAndOthersDo() {
        // given two layers, the first frozen
        Init init = new Init(DataType.DOUBLE, 2);
        PointwiseLinear below = new PointwiseLinear(init, 3, 4, true, Activation.RELU);
        PointwiseLinear above = new PointwiseLinear(init, 4, 2, true, Activation.NONE);
        below.trainable(false);

        // when
        try (Tape tape = engine.record()) {
            Tensor middle = below.forward(tape.constant(init.normal(1, 5, 3)));
            tape.backward(Arithmetic.mean(above.forward(middle)));

            // then
            assertFalse(middle.needsGradient());
            below.parameters().values().forEach(p -> assertNull(p.gradient()));
            above.parameters().values().forEach(p -> assertNotNull(p.gradient()));
        }
        above.parameters().values().forEach(p -> assertNull(p.gradient(), "void after its tape closed"));
    }

    @Test
    void gradientsPassThroughFrozenPartsToALatent() {
        // given a frozen layer above a variable
        Init init = new Init(DataType.DOUBLE, 3);
        PointwiseLinear layer = new PointwiseLinear(init, 3, 4, true, Activation.NONE);
        layer.trainable(false);
        try (Tape tape = engine.record()) {
            Tensor latent = tape.variable(init.normal(1, 5, 3));

            // when
            tape.backward(Arithmetic.sum(layer.forward(latent)));

            // then
            assertNotNull(latent.gradient());
            layer.parameters().values().forEach(p -> assertNull(p.gradient()));
        }
    }

    @Test
    void oneParameterIsOneTensorOfATape() {
        Parameter parameter = new Parameter(Nd4j.createFromArray(1.0, 2.0));
        try (Tape tape = engine.record()) {
            assertSame(tape.parameter(parameter), tape.parameter(parameter));
        }
    }

    @Test
    void inferenceRecordsNothing() {
        Parameter parameter = new Parameter(Nd4j.createFromArray(1.0, 2.0));
        try (Tape tape = engine.inference()) {
            Tensor y = Arithmetic.sum(tape.parameter(parameter));
            assertEquals(3, y.scalar());
            assertThrows(IllegalStateException.class, () -> tape.backward(y));
        }
    }

    @Test
    void aLossThatIsNotFiniteIsAnError() {
        try (Tape tape = engine.record()) {
            Tensor x = tape.variable(Nd4j.createFromArray(1.0, Double.NaN));
            assertThrows(NonFiniteException.class, () -> tape.backward(Arithmetic.sum(x)));
            assertNull(x.gradient());
        }
    }

    @Test
    void oneArrayCannotBeTheGradientOfTwoTensors() {
        // given a custom operation that hands one array to both inputs
        try (Tape tape = engine.record()) {
            Tensor a = tape.variable(Nd4j.createFromArray(1.0));
            Tensor b = tape.variable(Nd4j.createFromArray(1.0));
            Tensor sum = tape.node(tape.allocate(1).assign(2), List.of(a, b), g -> {
                a.accumulate(g);
                b.accumulate(g);
            });

            // when, then
            assertThrows(IllegalArgumentException.class, () -> tape.backward(sum));
        }
    }

    @Test
    void misuseIsNamed() {
        Tape closed = engine.record();
        Tensor old = closed.variable(Nd4j.createFromArray(1.0));
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, () -> Arithmetic.sum(old));
        try (Tape tape = engine.record()) {
            INDArray floats = Nd4j.createFromArray(1f);
            assertThrows(IllegalArgumentException.class, () -> tape.constant(floats));
            Tensor x = tape.variable(Nd4j.createFromArray(1.0, 2.0));
            assertThrows(IllegalStateException.class, () -> tape.backward(x));
            INDArray tooShort = Nd4j.createFromArray(1.0);
            assertThrows(IllegalArgumentException.class, () -> x.accumulate(tooShort));
            Tensor loss = Arithmetic.sum(x);
            tape.backward(loss);
            assertThrows(IllegalStateException.class, () -> tape.backward(loss));
        }
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        Init init = new Init(DataType.DOUBLE, 4);
        Conv2d conv = new Conv2d(init, 3, 4, 3, true, Activation.NONE);
        try (Tape tape = engine.record()) {
            Tensor x = tape.constant(init.normal(1, 1, 5, 5, 2));
            IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> conv.forward(x));
            assertEquals("expected a weight of 3 x 3 x 2 x O, found the shape [3, 3, 3, 4]", error.getMessage());
            assertThrows(IllegalArgumentException.class, () -> Shapes.crop(x, 3, 0, 3, 1));
            assertThrows(IllegalArgumentException.class, () -> Shapes.reshape(x, 7, 7));
            INDArray target = init.normal(1, 1, 5, 5, 1);
            assertThrows(IllegalArgumentException.class, () -> Losses.mse(x, target));
        }
    }

    @Test
    void viewsAreTakenAsTheyRead() {
        // given a transposed view
        INDArray view =
                Nd4j.createFromArray(new double[][] {{1, 2, 3}, {4, 5, 6}}).transpose();
        try (Tape tape = engine.inference()) {
            // when
            Tensor flat = Shapes.reshape(tape.constant(view), 6);

            // then
            assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, flat.value().toDoubleVector());
        }
    }
}
