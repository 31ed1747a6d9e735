package slidefield.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import slidefield.nn.Engine;
import slidefield.nn.Tape;
import slidefield.nn.Tensor;

class FieldTest {
    @Test
    void thePresetsHaveTheKnownParameterCounts() {
        assertEquals(887_012, new Field(FieldOptions.teaching(), DataType.FLOAT, 1).parameterCount());
        assertEquals(42_276_116, new Field(FieldOptions.paper(), DataType.FLOAT, 1).parameterCount());
    }

    @Test
    void aWindowGoesInAndColoursAndLesionLogitsOfItsSizeComeOut() {
        Field field = new Field(FieldOptions.teaching(), DataType.FLOAT, 1);
        Encoding encoding = field.newEncoding(2);
        Window window = Window.of(100, 80, 1.25, 3, 5, 20, 12);

        try (Tape tape = Engine.reference(DataType.FLOAT).inference()) {
            Tensor latent = field.latent(encoding.encode(tape, window));

            assertArrayEquals(new long[] {1, 12, 20, 64}, latent.shape());
            assertArrayEquals(new long[] {1, 12, 20, 3}, field.colours(latent).shape());
            assertArrayEquals(
                    new long[] {1, 12, 20, 1}, field.lesionLogits(latent).shape());
            assertTrue(field.colours(latent).value().minNumber().doubleValue() > 0);
            assertTrue(field.colours(latent).value().maxNumber().doubleValue() < 1);
        }
    }

    @Test
    void theSamePointHasTheSameCoordinateAtEveryResolution() {
        // A slide of 1000 x 700: its centre, between pixels, at three resolutions.
        double aspect = 1000.0 / 700;
        Window base = Window.of(1000, 700, aspect, 0, 0, 1000, 700);
        Window half = Window.of(500, 350, aspect, 0, 0, 500, 350);

        double middleOfBase = base.x() + 499.5 * base.stepX();
        double middleOfHalf = half.x() + 249.5 * half.stepX();

        assertEquals(0.5, middleOfBase, 1e-12);
        assertEquals(0.5, middleOfHalf, 1e-12);
        assertEquals(0.35, base.y() + 349.5 * base.stepY(), 1e-12);
        assertEquals(2 * base.stepX(), half.stepX(), 1e-12);
    }

    @Test
    void theShorterSideKeepsTheAspectRatio() {
        Window tall = Window.of(300, 600, 0.5, 0, 0, 300, 600);

        assertEquals(0.5, tall.x() + 299.5 * tall.stepX(), 1e-12);
        assertEquals(1.0, tall.y() + 599.5 * tall.stepY(), 1e-12);
    }

    @Test
    void theReachIsTheSumOfAllKernelsReaches() {
        assertEquals(2 + 1 + 7, FieldOptions.teaching().reach());
        assertEquals(4 + 1 + 15, FieldOptions.paper().reach());
    }

    @Test
    void frequencyEncodingGivesNerfsSinesAndCosines() {
        double[] features = new double[42];

        new FrequencyEncoding(10, true).encodePoint(0.25, 0.5, features);

        assertEquals(0.25, features[0]);
        assertEquals(0.5, features[1]);
        assertEquals(Math.sin(Math.PI * 0.25), features[2], 1e-12);
        assertEquals(Math.cos(Math.PI * 0.5), features[5], 1e-12);
        assertEquals(Math.sin(2 * Math.PI * 0.25), features[6], 1e-12);
        assertEquals(Math.cos(512 * Math.PI * 0.5), features[41], 1e-9);
    }

    @Test
    void impossibleSizesAreRefusedByName() {
        assertThrows(IllegalArgumentException.class, () -> new HeadOptions(32, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new HeadOptions(32, List.of(1, 0)));
        assertThrows(IllegalArgumentException.class, () -> new DecoderOptions(0, 1, DecoderOptions.Branch.RELU, 30));
        assertThrows(IllegalArgumentException.class, () -> new DecoderOptions(32, 1, DecoderOptions.Branch.SINE, 0));
    }
}
