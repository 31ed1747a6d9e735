package slidefield.swipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Adam;
import slidefield.nn.Arithmetic;
import slidefield.nn.Engine;
import slidefield.nn.Init;
import slidefield.nn.Parameter;
import slidefield.nn.Tape;

class SwipeOptimisationTest {
    @Test
    void theRateFollowsACosineDownToItsFloor() {
        // given
        SwipeOptimisation options = SwipeOptimisation.released();
        // when / then
        assertEquals(5e-4, options.rate(0), 1e-18);
        assertEquals(2.5e-4, options.rate(100), 1e-9);
        assertEquals(0.5 * (1 + Math.cos(Math.PI * 50 / 200)) * 5e-4, options.rate(50), 1e-12);
        assertEquals(1e-5, options.rate(199), 0);
        assertEquals(1e-5, options.rate(200), 0);
        assertEquals(1e-5, options.rate(5000), 0);
        for (int epoch = 1; epoch < 250; epoch++) {
            assertTrue(options.rate(epoch) <= options.rate(epoch - 1), "epoch " + epoch);
        }
    }

    @Test
    void theWeightDecayIsDecoupledFromTheGradient() {
        // given a weight decay, and a gradient whose size Adam divides out
        SwipeOptimisation options = new SwipeOptimisation(0.1, 0, 10, 0.9, 0.999, 1e-8, 0.5);
        Parameter parameter = new Parameter(new Init(DataType.FLOAT, 3).zeros(3).addi(2));
        // when one step is made
        try (Engine engine = Engine.preferred();
                Tape tape = engine.record();
                Adam adam = new Adam(Map.of("p", parameter), options.adamW())) {
            tape.backward(Arithmetic.scale(Arithmetic.sum(tape.parameter(parameter)), 1000));
            adam.step();
        }
        // then the value shrinks by rate times decay, and moves by the rate: 2 (1 - 0.05) - 0.1
        assertEquals(1.8, parameter.value().getDouble(0), 1e-5);
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SwipeOptimisation(0, 0, 1, 0.9, 0.9, 1e-8, 0));
        assertThrows(IllegalArgumentException.class, () -> new SwipeOptimisation(1e-4, 1e-3, 1, 0.9, 0.9, 1e-8, 0));
        assertThrows(IllegalArgumentException.class, () -> new SwipeOptimisation(1e-4, 0, 0, 0.9, 0.9, 1e-8, 0));
    }
}
